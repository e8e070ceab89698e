package io.sockerless.support;

import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** A configuration of nothing but what a test sets. */
public record Settings(Map<String, String> values) implements Config {

  /** Keys and values in turn. */
  public static Settings of(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Settings(Map.copyOf(values));
  }

  @Override
  public <T> Optional<T> getOptionalValue(String key, Class<T> type) {
    Optional<String> value = Optional.ofNullable(values.get(key)).filter(text -> !text.isEmpty());
    Optional<?> converted =
        type == Integer.class
            ? value.map(Integer::valueOf)
            : type == Boolean.class ? value.map(Boolean::valueOf) : value;
    return converted.map(type::cast);
  }

  @Override
  public <T> T getValue(String key, Class<T> type) {
    return getOptionalValue(key, type).orElseThrow(() -> new NoSuchElementException(key));
  }

  @Override
  public Iterable<String> getPropertyNames() {
    return Set.copyOf(values.keySet());
  }

  @Override
  public ConfigValue getConfigValue(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<ConfigSource> getConfigSources() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> Optional<Converter<T>> getConverter(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new IllegalArgumentException(type.toString());
  }
}
