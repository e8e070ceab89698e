package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Docker API's {@code IPAMConfig}: a block, the part of it that is given out, the gateway, and
 * addresses that belong to somebody else.
 */
final class Ipam {

  private static final String NO_BLOCK = "invalid CIDR block notation";

  /** The largest block that is served: what is given out of one is kept in memory. */
  static final int MIN_PREFIX = 8;

  private Ipam() {}

  /** What is wrong with it, in Docker's words. */
  static List<String> problems(JsonObject config) {
    List<String> problems = new ArrayList<>();
    String text = Documents.string(config, "Subnet");
    Optional<Subnet> subnet = Subnet.parse(text);
    if (subnet.isEmpty()) {
      if (!text.isEmpty() || !Documents.string(config, "IPRange").isEmpty()) {
        problems.add("invalid subnet " + text + ": " + NO_BLOCK);
      }
      return problems;
    }
    Subnet block = subnet.get();
    if (block.prefix() < MIN_PREFIX) {
      problems.add("invalid subnet " + block + ": blocks up to /" + MIN_PREFIX + " are served");
      return problems;
    }
    if (!block.equals(block.masked())) {
      problems.add("invalid subnet " + block + ": it should be " + block.masked());
    }
    range(Documents.string(config, "IPRange"), block).ifPresent(problems::add);
    address("gateway", Documents.string(config, "Gateway"), block).ifPresent(problems::add);
    Documents.map(config, "AuxiliaryAddresses")
        .values()
        .forEach(value -> address("auxiliary address", value, block).ifPresent(problems::add));
    return problems;
  }

  private static Optional<String> range(String text, Subnet block) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Subnet> parsed = Subnet.parse(text);
    if (parsed.isEmpty()) {
      return Optional.of("invalid ip-range " + text + ": " + NO_BLOCK);
    }
    Subnet range = parsed.get();
    if (!range.equals(range.masked())) {
      return Optional.of("invalid ip-range " + text + ": it should be " + range.masked());
    }
    if (range.prefix() < block.prefix()) {
      return Optional.of(
          "invalid ip-range " + text + ": CIDR block is bigger than its parent subnet " + block);
    }
    return block.contains(range.base())
        ? Optional.empty()
        : Optional.of(
            "invalid ip-range %s: parent subnet %s doesn't contain ip-range"
                .formatted(text, block));
  }

  private static Optional<String> address(String what, String text, Subnet block) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> address = Subnet.address(text);
    if (address.isEmpty()) {
      return Optional.of("invalid %s %s: invalid address".formatted(what, text));
    }
    return block.contains(address.get())
        ? Optional.empty()
        : Optional.of(
            "invalid %s %s: parent subnet %s doesn't contain this address"
                .formatted(what, text, block));
  }

  /** The same with its block and its gateway, which is the first free address if none was asked. */
  static JsonObject complete(JsonObject config, Subnet subnet) {
    JsonObjectBuilder complete = JsonBuilders.object(config).add("Subnet", subnet.toString());
    if (Documents.string(config, "Gateway").isEmpty()) {
      Subnet range = Subnet.parse(Documents.string(config, "IPRange")).orElse(subnet);
      AddressPool pool = new AddressPool(subnet, range);
      Map<String, String> others = Documents.map(config, "AuxiliaryAddresses");
      others.values().forEach(other -> Subnet.address(other).ifPresent(pool::take));
      pool.takeAny().ifPresent(gateway -> complete.add("Gateway", Subnet.text(gateway)));
    }
    return complete.build();
  }
}
