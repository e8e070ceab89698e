package io.sockerless.backend.memory.wasm;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import run.endive.compiler.Cache;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

/**
 * WebAssembly modules, compiled to the JVM's own code once and kept by the digest of their bytes:
 * some in memory, all in a folder.
 */
public final class WasmModules {

  private static final String PART = "part";
  private static final int KEPT = 16;
  private static final int MAX_BYTES = 256 << 20;

  /** A module that can be instantiated. */
  record Compiled(WasmModule module, Function<Instance, Machine> machine) {}

  private final Path folder;
  private final Map<String, Compiled> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(KEPT, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
              return size() > KEPT;
            }
          });

  /** Keeps compiled code in a folder, which no other server uses. */
  public WasmModules(Path folder) {
    this.folder = folder;
    forgetUnfinished();
  }

  /** Deletes what a server was writing when it was killed. */
  private void forgetUnfinished() {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, PART + "*.tmp")) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The program in a module's file.
   *
   * @throws IOException for a malformed module
   */
  public Program program(OpenFile file) throws IOException {
    byte[] bytes = new FileInput(file).readNBytes(MAX_BYTES);
    String digest = digest(bytes);
    Compiled compiled = kept.get(digest);
    if (compiled == null) {
      compiled = compile(bytes);
      kept.put(digest, compiled);
    }
    return new WasmProgram(compiled);
  }

  private Compiled compile(byte[] bytes) throws IOException {
    try {
      WasmModule module = Parser.parse(bytes);
      Function<Instance, Machine> machine =
          MachineFactoryCompiler.builder(module)
              .withInterpreterFallback(InterpreterFallback.SILENT)
              .withCache(new FolderCache(folder))
              .compile();
      return new Compiled(module, machine);
    } catch (WasmEngineException e) {
      throw new IOException("malformed WebAssembly module: " + e.getMessage(), e);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One file a module; readers and writers of other processes do no harm. */
  private record FolderCache(Path folder) implements Cache {

    /** Null is the library's own sign for what is not there. */
    @Override
    public byte @Nullable [] get(String key) throws IOException {
      Path file = file(key);
      return Files.exists(file) ? Files.readAllBytes(file) : null;
    }

    @Override
    public void putIfAbsent(String key, byte[] code) throws IOException {
      Path file = file(key);
      if (!Files.exists(file)) {
        Path part = Files.createTempFile(folder, PART, ".tmp");
        Files.write(part, code);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    private Path file(String key) {
      return folder.resolve(key.replaceAll("[^A-Za-z0-9._-]", "_") + ".jar");
    }
  }
}
