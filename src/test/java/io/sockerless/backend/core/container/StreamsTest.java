package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static io.sockerless.backend.core.container.CoreFixture.text;
import static io.sockerless.backend.core.container.CoreFixture.upgrade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.core.attach.HijackHead;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.stream.Frame;
import io.sockerless.stream.Frame.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers read and write, and who sees it. */
class StreamsTest {

  private static final String BOTH = "stream=1&stdout=1&stderr=1";

  @TempDir Path folder;
  private CoreFixture core;

  @BeforeEach
  void open() {
    core = new CoreFixture(folder);
  }

  @AfterEach
  void close() {
    core.close();
  }

  private static void type(HijackedStream stream, String input) throws IOException {
    stream.input().write(input.getBytes(StandardCharsets.UTF_8));
    stream.input().flush();
  }

  private static Frame frame(Channel channel, String text) {
    return new Frame(channel, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsWrongWithAnAttachIsSaidUnderTheTypeOfItsStream() {
    assertThatThrownBy(() -> core.containers.attach("gone", call(BOTH)))
        .isInstanceOfSatisfying(
            EngineException.NotFound.class,
            e -> assertThat(e.headers().all("Content-Type")).containsExactly(HijackHead.RAW))
        .hasMessage("No such container: gone");
  }

  @Test
  void anUpgradeIsAnsweredWith101AndTheTypeOfTheStream() {
    String plain = core.create("c1", "");
    String terminal = core.create("c2", "'Tty':true");
    HijackedStream framed = core.containers.attach(plain, upgrade("1.42", BOTH));
    assertThat(framed.status()).isEqualTo(101);
    assertThat(framed.reason()).isEqualTo("UPGRADED");
    assertThat(framed.headers().first("Connection")).contains("Upgrade");
    assertThat(framed.headers().first("Upgrade")).contains("tcp");
    assertThat(framed.headers().first("Content-Type"))
        .contains("application/vnd.docker.multiplexed-stream");
    assertThat(core.containers.attach(plain, upgrade("1.41", BOTH)).headers().first("Content-Type"))
        .contains("application/vnd.docker.raw-stream");
    assertThat(
            core.containers.attach(terminal, upgrade("1.42", BOTH)).headers().first("Content-Type"))
        .contains("application/vnd.docker.raw-stream");
  }

  @Test
  void withoutAnUpgradeTheStreamIsAnsweredWith200() {
    HijackedStream stream = core.containers.attach(core.create("c1", ""), call(BOTH));
    assertThat(stream.status()).isEqualTo(200);
    assertThat(stream.headers().first("Content-Type"))
        .contains("application/vnd.docker.raw-stream");
  }

  @Test
  void anAttachBeforeTheStartLosesNothing() throws Exception {
    core.processes.on(
        "talk",
        process -> {
          process.out("out\n");
          process.err("err\n");
          return 0;
        });
    String id = core.create("c1", "'Cmd':['talk']");
    HijackedStream stream = core.containers.attach(id, call(BOTH));
    core.containers.start(id, call("")).close();
    assertThat(Frame.read(stream.output())).isPresent();
    assertThat(Frame.read(stream.output())).isPresent();
    assertThat(Frame.read(stream.output())).isEmpty();
  }

  @Test
  void bothOutputsAreToldApart() throws Exception {
    core.processes.on(
        "talk",
        process -> {
          process.out("out\n");
          process.awaitSignal();
          process.err("err\n");
          return 0;
        });
    String id = core.create("c1", "'Cmd':['talk']");
    HijackedStream stream = core.containers.attach(id, call(BOTH));
    core.containers.start(id, call("")).close();
    assertThat(Frame.read(stream.output())).contains(frame(Channel.STDOUT, "out\n"));
    core.containers.kill(id, call("signal=USR1")).close();
    assertThat(Frame.read(stream.output())).contains(frame(Channel.STDERR, "err\n"));
  }

  @Test
  void aTerminalHasNoFrames() throws Exception {
    core.processes.on(
        "talk",
        process -> {
          process.out("plain");
          return 0;
        });
    String id = core.create("c1", "'Cmd':['talk'],'Tty':true");
    HijackedStream stream = core.containers.attach(id, call(BOTH));
    core.containers.start(id, call("")).close();
    assertThat(text(stream)).isEqualTo("plain");
    assertThat(core.logs(id, "")).isEqualTo("plain");
  }

  @Test
  void halfACloseIsTheEndOfInputAndOutputGoesOn() throws Exception {
    core.processes.on(
        "after",
        process -> {
          String all = text(process.in());
          process.out(all + "and more");
          return 0;
        });
    String id = core.create("c1", "'Cmd':['after'],'OpenStdin':true,'StdinOnce':true");
    HijackedStream stream = core.containers.attach(id, call(BOTH + "&stdin=1"));
    core.containers.start(id, call("")).close();
    type(stream, "typed ");
    stream.closeInput();
    assertThat(Frame.read(stream.output())).contains(frame(Channel.STDOUT, "typed and more"));
  }

  @Test
  void inputThatCameBeforeTheStartArrives() throws Exception {
    String id = core.create("c1", "'Cmd':['cat'],'OpenStdin':true,'StdinOnce':true");
    HijackedStream stream = core.containers.attach(id, call(BOTH + "&stdin=1"));
    CompletableFuture<Void> typing =
        CompletableFuture.runAsync(() -> {
          try {
            type(stream, "early");
            stream.closeInput();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    core.containers.start(id, call("")).close();
    assertThat(Frame.read(stream.output())).contains(frame(Channel.STDOUT, "early"));
    typing.join();
  }

  @Test
  void theBodyOfAnAttachIsReadAndIsNoInput() throws Exception {
    String id = core.create("c1", "'Cmd':['cat'],'OpenStdin':true,'StdinOnce':true");
    Body body = Body.of("{'stream':true}".getBytes(StandardCharsets.UTF_8));
    HijackedStream stream = core.containers.attach(id, call(BOTH + "&stdin=1").with(body));
    core.containers.start(id, call("")).close();
    type(stream, "input");
    stream.closeInput();
    assertThat(body.stream().read()).isEqualTo(-1);
    assertThat(Frame.read(stream.output())).contains(frame(Channel.STDOUT, "input"));
  }

  @Test
  void inputThatIsNotForOneClientAloneOutlivesIt() throws Exception {
    String id = core.create("c1", "'Cmd':['cat'],'OpenStdin':true");
    core.containers.start(id, call("")).close();
    HijackedStream first = core.containers.attach(id, call(BOTH + "&stdin=1"));
    first.closeInput();
    assertThat(Frame.read(first.output())).isEmpty();
    HijackedStream second = core.containers.attach(id, call(BOTH + "&stdin=1"));
    type(second, "still there");
    assertThat(Frame.read(second.output())).contains(frame(Channel.STDOUT, "still there"));
  }

  @Test
  void inputIsNotPassedOnUnlessAskedFor() throws Exception {
    String id = core.create("c1", "'Cmd':['cat'],'OpenStdin':true,'StdinOnce':true");
    core.containers.start(id, call("")).close();
    HijackedStream watching = core.containers.attach(id, call(BOTH));
    type(watching, "ignored");
    watching.closeInput();
    HijackedStream typing = core.containers.attach(id, call(BOTH + "&stdin=1"));
    type(typing, "seen");
    assertThat(Frame.read(watching.output())).contains(frame(Channel.STDOUT, "seen"));
  }

  @Test
  void theKeysThatDetachEndASessionAndNotTheProcess() throws Exception {
    String id = core.create("c1", "'Cmd':['cat'],'OpenStdin':true,'Tty':true");
    core.containers.start(id, call("")).close();
    HijackedStream stream = core.containers.attach(id, call(BOTH + "&stdin=1&detachKeys=ctrl-a"));
    type(stream, "x\u0001");
    stream.output().transferTo(OutputStream.nullOutputStream());
    assertThat(core.status(id)).isEqualTo("running");
    assertThat(core.events).contains("container detach");
  }

  @Test
  void nobodySeesTheExitCodeBeforeTheLastByteIsLogged() {
    String much = "0123456789abcdef".repeat(64) + "\n";
    core.processes.on(
        "much",
        process -> {
          for (int i = 0; i < 200; i++) {
            process.out(much);
          }
          return 3;
        });
    String id = core.create("c1", "'Cmd':['much'],'Tty':true");
    assertThat(core.finish(id)).isEqualTo(3);
    assertThat(core.logs(id, "")).isEqualTo(much.repeat(200));
  }

  @Test
  void aClientThatDoesNotReadHoldsUpTheContainerAndLosesNothing() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    byte[] block = new byte[64 * 1024];
    core.processes.on(
        "flood",
        process -> {
          for (int i = 0; i < 16; i++) {
            process.out(new String(block, StandardCharsets.ISO_8859_1));
          }
          done.countDown();
          return 0;
        });
    String id = core.create("c1", "'Cmd':['flood'],'Tty':true");
    HijackedStream stream = core.containers.attach(id, call(BOTH));
    core.containers.start(id, call("")).close();
    await().until(() -> stream.output().available() == 256 * 1024);
    assertThat(done.getCount()).isEqualTo(1);
    assertThat(stream.output().readAllBytes()).hasSize(16 * 64 * 1024);
  }

  @Test
  void aClientThatLeavesDoesNotHoldUpTheContainer() {
    byte[] block = new byte[64 * 1024];
    core.processes.on(
        "flood",
        process -> {
          for (int i = 0; i < 16; i++) {
            process.out(new String(block, StandardCharsets.ISO_8859_1));
          }
          return 5;
        });
    String id = core.create("c1", "'Cmd':['flood'],'Tty':true");
    HijackedStream stream = core.containers.attach(id, call(BOTH));
    Answer exit = core.containers.waitFor(id, call("condition=next-exit"));
    core.containers.start(id, call("")).close();
    stream.close();
    assertThat(exit.document().asJsonObject().getInt("StatusCode")).isEqualTo(5);
  }

  @Test
  void everyStartHasFreshStreams() throws Exception {
    core.processes.on(
        "talk",
        process -> {
          process.out("again\n");
          return 0;
        });
    String id = core.create("c1", "'Cmd':['talk'],'Tty':true");
    for (int i = 0; i < 3; i++) {
      HijackedStream stream = core.containers.attach(id, call(BOTH));
      assertThat(core.finish(id)).isZero();
      assertThat(text(stream)).isEqualTo("again\n");
    }
    assertThat(core.logs(id, "")).isEqualTo("again\n".repeat(3));
  }

  @Test
  void theLinesOfTheLogAreReplayedBeforeWhatComesLive() throws Exception {
    core.processes.on(
        "talk",
        process -> {
          process.out("before\npart");
          process.awaitSignal();
          process.out("ial\nafter\n");
          return 0;
        });
    String id = core.create("c1", "'Cmd':['talk'],'Tty':true");
    core.containers.start(id, call("")).close();
    await().until(() -> core.logs(id, "").equals("before\n"));
    HijackedStream stream = core.containers.attach(id, call(BOTH + "&logs=1"));
    core.containers.kill(id, call("signal=USR1")).close();
    assertThat(text(stream)).isEqualTo("before\nial\nafter\n");
  }

  @Test
  void logsAloneEndAfterTheReplay() throws Exception {
    core.processes.on(
        "talk",
        process -> {
          process.out("line\n");
          return 128 + process.awaitSignal();
        });
    String id = core.create("c1", "'Cmd':['talk'],'Tty':true");
    core.containers.start(id, call("")).close();
    await().until(() -> core.logs(id, "").equals("line\n"));
    assertThat(text(core.containers.attach(id, call("logs=1&stdout=1")))).isEqualTo("line\n");
  }

  @Test
  void followEndsWithTheRunAndNotBefore() throws Exception {
    core.processes.on(
        "talk",
        process -> {
          process.out("one\n");
          process.awaitSignal();
          process.out("two\n");
          return 0;
        });
    String id = core.create("c1", "'Cmd':['talk'],'Tty':true");
    core.containers.start(id, call("")).close();
    Answer logs = core.containers.logs(id, call("stdout=1&follow=1"));
    assertThat(new String(logs.body().readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("one\n");
    core.containers.kill(id, call("signal=USR1")).close();
    assertThat(text(logs.body())).isEqualTo("two\n");
  }

  @Test
  void aFollowerWhoseClientLeavesIsLetGo() throws Exception {
    String id = core.run("c1", "sleep");
    Call call = call("stdout=1&follow=1");
    InputStream logs = core.containers.logs(id, call).body();
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(() -> {
          try {
            return logs.read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    call.cancellation().cancel();
    assertThat(read.get()).isEqualTo(-1);
  }

  @Test
  void logsOfTheDriverNoneCannotBeRead() {
    String id = core.create("c1", "'HostConfig':{'LogConfig':{'Type':'none'}}");
    assertThatThrownBy(() -> core.logs(id, ""))
        .isInstanceOf(EngineException.NotImplemented.class)
        .hasMessage("configured logging driver does not support reading");
  }

  @Test
  void logsOfNoStreamAreRefused() {
    String id = core.create("c1", "");
    assertThatThrownBy(() -> core.containers.logs(id, call("follow=1")))
        .hasMessage("Bad parameters: you must choose at least one stream");
  }

  @Test
  void aPausedContainerIsNotAttachedTo() {
    String id = core.run("c1", "sleep");
    core.containers.pause(id, call("")).close();
    assertThatThrownBy(() -> core.containers.attach(id, call(BOTH)))
        .hasMessage("container " + id + " is paused, unpause the container before attach");
  }

  @Test
  void aResizeReachesTheTerminal() {
    String id = core.create("c1", "'Cmd':['sleep'],'Tty':true");
    core.containers.start(id, call("")).close();
    core.containers.resize(id, call("h=24&w=80")).close();
    assertThat(core.processes.last().told).containsExactly("24x80");
  }

  @Test
  void aResizeOfWhatDoesNotRunIsRefused() {
    String id = core.create("c1", "");
    assertThatThrownBy(() -> core.containers.resize(id, call("h=24&w=80")))
        .hasMessage("Container " + id + " is not running");
  }
}
