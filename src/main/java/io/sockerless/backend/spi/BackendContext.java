package io.sockerless.backend.spi;

import io.sockerless.agent.AgentRegistry;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.Config;

/**
 * What a backend is given to work with.
 *
 * @param config the server's settings, a backend's own among them
 * @param agents the agents that call this server
 * @param onceServing runs what need not be done before clients are served: a start is shorter
 *     without it
 */
public record BackendContext(Config config, AgentRegistry agents, Executor onceServing) {}
