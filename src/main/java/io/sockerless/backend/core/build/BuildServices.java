package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.driver.DriverSet;
import io.sockerless.engine.Containers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What a build needs of others.
 *
 * @param containers asked only when a step runs, as is the directory
 * @param folder where contexts and files of steps are while they are needed
 */
record BuildServices(
    DriverSet drivers,
    ImageSource images,
    Supplier<Containers> containers,
    Supplier<ContainerDirectory> directory,
    StepCache cache,
    Downloads downloads,
    Path folder,
    Clock clock) {}
