package io.sockerless.policy.request;

import io.sockerless.policy.rule.Limit;
import io.sockerless.policy.rule.Power;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a container is to be, field by field of what dockerd gives a meaning that reaches
 * beyond the container.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerCreate">ContainerCreate</a>
 */
record ContainerBody(Findings findings) {

  private static final long NANO = 1_000_000_000;
  private static final long USUAL_PERIOD = 100_000;
  private static final long LEAST_PERIOD = 1_000;

  /** Log drivers that keep what a container writes on the host, and send it nowhere. */
  private static final Set<String> LOG_DRIVERS =
      Set.of("", "json-file", "local", "journald", "none");

  void create(Fields body) {
    findings.makes(body.map("Labels"));
    String image = body.text("Image");
    if (!image.isEmpty()) {
      findings.references().images().add(image);
    }
    Fields host = body.fields("HostConfig");
    host(host);
    // Where there is no HostConfig, dockerd before version 25 takes its fields from the body
    // itself.
    host(body);
    findings.limit(Limit.MEMORY, host.number("Memory").orElse(0L));
    findings.limit(Limit.PIDS, host.number("PidsLimit").orElse(0L));
    findings.limit(Limit.CPUS, cpus(host));
    Fields endpoints = body.fields("NetworkingConfig").fields("EndpointsConfig");
    for (String network : endpoints.object().keySet()) {
      findings.network(network);
      findings.endpoint(endpoints.fields(network).text("NetworkID"));
    }
  }

  /** What is not spoken of stays; what is set to nothing is a limit taken away. */
  void update(Fields host) {
    host(host);
    host.number("Memory").filter(it -> it != 0).ifPresent(it -> findings.limit(Limit.MEMORY, it));
    host.number("PidsLimit").ifPresent(it -> findings.limit(Limit.PIDS, it));
    long nano = host.number("NanoCpus").orElse(0L);
    long quota = host.number("CpuQuota").orElse(0L);
    long period = host.number("CpuPeriod").orElse(0L);
    if (nano != 0) {
      findings.limit(Limit.CPUS, nano);
    } else if (quota != 0 || period != 0) {
      // Of the two, what is not given is what the container has, which may be as bad as can be.
      findings.limit(Limit.CPUS, cpus(quota, period == 0 ? LEAST_PERIOD : period));
    }
  }

  private static long cpus(Fields host) {
    long nano = host.number("NanoCpus").orElse(0L);
    return nano == 0
        ? cpus(host.number("CpuQuota").orElse(0L), host.number("CpuPeriod").orElse(0L))
        : nano;
  }

  /**
   * Billionths of a processor, 0 if they are not bounded.
   *
   * @param quota microseconds in each period
   * @param period in microseconds; 0 for the usual one
   */
  static long cpus(long quota, long period) {
    return quota <= 0 ? 0 : (long) ((double) NANO * quota / (period > 0 ? period : USUAL_PERIOD));
  }

  void host(Fields host) {
    if (host.flag("Privileged")) {
      findings.power(Power.PRIVILEGED, "true");
    }
    host.texts("CapAdd").forEach(findings::capability);
    host.map("Sysctls").keySet().forEach(name -> findings.power(Power.SYSCTLS, name));
    namespaces(host);
    devices(host);
    security(host);
    String volumeDriver = host.text("VolumeDriver");
    findings.volumeDriver(volumeDriver, Map.of());
    host.texts("Binds").forEach(this::bind);
    host.list("Mounts").forEach(this::mount);
    host.texts("VolumesFrom").forEach(it -> findings.references().containers().add(before(it)));
    host.texts("Links").forEach(it -> findings.references().containers().add(before(it)));
  }

  private void namespaces(Fields host) {
    findings.network(host.text("NetworkMode"));
    findings.namespace("pid", host.text("PidMode"));
    findings.namespace("ipc", host.text("IpcMode"));
    findings.namespace("uts", host.text("UTSMode"));
    findings.namespace("user", host.text("UsernsMode"));
    findings.namespace("cgroup", host.text("CgroupnsMode"));
  }

  private void devices(Fields host) {
    for (Fields device : host.list("Devices")) {
      findings.power(Power.DEVICES, device.text("PathOnHost"));
    }
    for (Fields request : host.list("DeviceRequests")) {
      findings.power(Power.DEVICES, "gpu:" + request.text("Driver"));
    }
    host.texts("DeviceCgroupRules").forEach(it -> findings.power(Power.DEVICES, "rule:" + it));
  }

  private void security(Fields host) {
    for (String option : host.texts("SecurityOpt")) {
      String spelt = option.replaceFirst(":", "=");
      String text = option.indexOf('=') >= 0 ? option : spelt;
      if (!text.toLowerCase(Locale.ROOT).startsWith("no-new-privileges")) {
        findings.power(Power.SECURITY, text);
      }
    }
    setting(host, "Runtime", "runtime");
    setting(host, "CgroupParent", "cgroup-parent");
    setting(host, "Cgroup", "cgroup");
    if (host.get("MaskedPaths").isPresent()) {
      findings.power(Power.SECURITY, "masked-paths");
    }
    if (host.get("ReadonlyPaths").isPresent()) {
      findings.power(Power.SECURITY, "readonly-paths");
    }
    if (host.flag("OomKillDisable")) {
      findings.power(Power.SECURITY, "oom-kill-disable");
    }
    String logs = host.fields("LogConfig").text("Type");
    if (!LOG_DRIVERS.contains(logs)) {
      findings.power(Power.SECURITY, "log-driver=" + logs);
    }
    host.map("Annotations")
        .keySet()
        .forEach(name -> findings.power(Power.SECURITY, "annotation=" + name));
    host.number("OomScoreAdj")
        .filter(it -> it < 0)
        .ifPresent(it -> findings.power(Power.SECURITY, "oom-score-adj=" + it));
  }

  private void setting(Fields host, String field, String name) {
    String value = host.text(field);
    if (!value.isEmpty()) {
      findings.power(Power.SECURITY, name + "=" + value);
    }
  }

  private void bind(String bind) {
    int colon = bind.indexOf(':');
    if (colon >= 0) {
      findings.source(bind.substring(0, colon));
    }
  }

  void mount(Fields mount) {
    String source = mount.text("Source");
    switch (mount.text("Type")) {
      case "tmpfs" -> {}
      case "volume", "cluster" -> {
        findings.source(source);
        Fields driver = mount.fields("VolumeOptions").fields("DriverConfig");
        findings.volumeDriver(driver.text("Name"), driver.map("Options"));
      }
      case "image" -> findings.references().images().add(source);
      default -> findings.power(Power.BINDS, source);
    }
  }

  /** What stands before the first colon, of {@code name:mode} and {@code name:alias}. */
  private static String before(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
  }

  /** What a service of a swarm gives its containers. */
  void service(Fields spec) {
    findings.makes(spec.map("Labels"));
    Fields container = spec.fields("TaskTemplate").fields("ContainerSpec");
    String image = container.text("Image");
    if (!image.isEmpty()) {
      findings.references().images().add(image);
    }
    container.list("Mounts").forEach(this::mount);
    container.texts("CapabilityAdd").forEach(findings::capability);
    container.map("Sysctls").keySet().forEach(name -> findings.power(Power.SYSCTLS, name));
    if (container.get("Privileges").isPresent()) {
      findings.power(Power.SECURITY, "privileges");
    }
    Set.copyOf(spec.fields("TaskTemplate").list("Networks"))
        .forEach(network -> findings.network(network.text("Target")));
  }
}
