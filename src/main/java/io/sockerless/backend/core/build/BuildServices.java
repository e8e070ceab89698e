package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.container.NetworkSource;
import io.sockerless.backend.core.driver.ProcessFactory;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a build needs of others.
 *
 * @param folder where contexts and containers are while they are needed
 */
record BuildServices(
    ProcessFactory processes,
    ImageSource images,
    NetworkSource networks,
    StepCache cache,
    Downloads downloads,
    Path folder,
    Clock clock) {}
