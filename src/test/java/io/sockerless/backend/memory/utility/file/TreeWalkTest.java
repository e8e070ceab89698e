package io.sockerless.backend.memory.utility.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreeWalkTest {

  private static final int DEPTH = 800;

  private final Sandbox sandbox = new Sandbox().asChild();

  @BeforeEach
  void fillTheContainer() {
    FileUtilities.programs().forEach(sandbox::with);
  }

  private void makeDeepTree() throws IOException {
    StringBuilder path = new StringBuilder("/work/deep");
    sandbox.files().makeDirectory(path.toString(), 0755);
    for (int i = 0; i < DEPTH; i++) {
      path.append("/d");
      sandbox.files().makeDirectory(path.toString(), 0755);
    }
  }

  @Test
  void aDeepTreeIsListedCopiedAndRemoved() throws IOException {
    makeDeepTree();
    assertThat(sandbox.run("find", "deep", "-mindepth", "1").output().lines()).hasSize(DEPTH);
    assertThat(sandbox.run("cp", "-r", "deep", "copy").code()).isZero();
    assertThat(sandbox.run("rm", "-r", "deep").code()).isZero();
    assertThat(sandbox.files().exists("/work/deep")).isFalse();
    assertThat(sandbox.run("find", "copy").output().lines()).hasSize(DEPTH + 1);
  }

  @Test
  void whatALinkLeadsToIsNotRemoved() throws IOException {
    sandbox.files().makeDirectory("/work/kept", 0755);
    sandbox.withFile("/work/kept/f", "x");
    sandbox.files().makeDirectory("/work/gone", 0755);
    sandbox.files().makeLink("../kept", "/work/gone/link");
    assertThat(sandbox.run("rm", "-rf", "gone").code()).isZero();
    assertThat(sandbox.read("/work/kept/f")).isEqualTo("x");
  }

  @Test
  void aLinkIntoItselfEndsTheWalk() throws IOException {
    sandbox.files().makeDirectory("/work/d", 0755);
    sandbox.files().makeLink(".", "/work/d/self");
    assertThat(sandbox.run("find", "-L", "d").output()).isEqualTo("d\nd/self\n");
  }

  @Test
  void tarUnpacksNothingThroughALinkOfTheArchive() throws IOException {
    sandbox.files().makeDirectory("/outside", 0755);
    sandbox.files().makeDirectory("/work/in", 0755);
    sandbox.files().makeLink("/outside", "/work/in/d");
    assertThat(sandbox.run("tar", "cf", "a.tar", "-C", "in", "d").code()).isZero();
    sandbox.run("rm", "in/d");
    sandbox.files().makeDirectory("/work/in/d", 0755);
    sandbox.withFile("/work/in/d/f", "evil");
    assertThat(sandbox.run("tar", "cf", "b.tar", "-C", "in", "d/f").code()).isZero();
    sandbox.files().makeDirectory("/work/out", 0755);
    sandbox.run("tar", "xf", "a.tar", "-C", "out");
    assertThat(sandbox.files().readLink("/work/out/d")).isEqualTo("/outside");
  }
}
