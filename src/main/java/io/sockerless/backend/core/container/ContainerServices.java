package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.DriverSet;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What all operations on containers work with.
 *
 * @param folder where each container has a folder of its own, named by its id
 */
public record ContainerServices(
    ContainerRegistry registry,
    DriverSet drivers,
    ImageSource images,
    NetworkSource networks,
    VolumeSource volumes,
    ContainerEvents events,
    Path folder,
    Clock clock) {}
