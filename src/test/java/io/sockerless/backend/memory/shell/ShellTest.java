package io.sockerless.backend.memory.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import io.sockerless.backend.memory.support.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShellTest {

  private static Sandbox.Result sh(String script) {
    return ShellSandbox.create().asChild().run("sh", "-c", script, "sh");
  }

  @Test
  void commandsHearOfTheFolderAndOfTheDepthOfShells() {
    assertThat(sh("export").output())
        .contains("export PWD='/work'\n")
        .contains("export SHLVL='1'\n");
    assertThat(sh("mkdir /d; cd /d; export; sh -c 'echo $SHLVL'").output())
        .contains("export OLDPWD='/work'\n")
        .contains("export PWD='/d'\n")
        .endsWith("\n2\n");
    assertThat(
            ShellSandbox.create()
                .withEnvironment("SHLVL", "x")
                .run("sh", "-c", "echo $SHLVL")
                .output())
        .isEqualTo("1\n");
  }

  @Test
  void aCommandOfAScriptReadsTheLinesAfterIt() {
    Sandbox sandbox = ShellSandbox.create().withInput("read x\ndata\necho \"[$x]\"\n");

    assertThat(sandbox.run("sh").output()).isEqualTo("[data]\n");
  }

  @Test
  void aScriptFileOnStandardInputIsReadNoFurtherThanNeeded() {
    Sandbox sandbox = ShellSandbox.create().withFile("s", "cat\nrest\n");

    assertThat(sandbox.run("sh", "-c", "sh <s").output()).isEqualTo("rest\n");
  }

  @Test
  void ulimitTellsWhatTheContainerIsHeldTo() {
    Sandbox sandbox = ShellSandbox.create();
    assertThat(sandbox.run("sh", "-c", "ulimit -t; ulimit -f").output())
        .isEqualTo("unlimited\nunlimited\n");
    sandbox.limits().setCpuSeconds(50, 60);
    sandbox.limits().setProcesses(70);
    assertThat(sandbox.run("sh", "-c", "ulimit -t; ulimit -Ht; ulimit -u; ulimit -a").output())
        .startsWith("50\n60\n70\ncore file size (blocks)         (-c) 0\n")
        .contains("cpu time (seconds)              (-t) 50\n");
  }

  @Test
  void errorsAreWordedAsAshWordsThem() {
    assertThat(sh("nosuch").errors()).isEqualTo("sh: nosuch: not found\n");
    assertThat(sh("fi").errors()).isEqualTo("sh: syntax error: unexpected \"fi\"\n");
    assertThat(sh("if true").errors())
        .isEqualTo("sh: syntax error: unexpected end of file (expecting \"then\")\n");
    assertThat(sh("echo \"a").errors()).isEqualTo("sh: syntax error: unterminated quoted string\n");
    assertThat(sh("cat </nope").errors()).isEqualTo("sh: can't open /nope: no such file\n");
    assertThat(sh("echo >/no/x").errors())
        .isEqualTo("sh: can't create /no/x: nonexistent directory\n");
    assertThat(sh("echo $((1/0))").errors()).isEqualTo("sh: divide by zero\n");
    assertThat(sh("echo ${x:?}").errors()).isEqualTo("sh: x: parameter not set or null\n");
    assertThat(sh("readonly a=1; a=2").errors()).isEqualTo("sh: a: is read only\n");
    assertThat(sh("cd /nope").errors())
        .isEqualTo("sh: cd: line 0: can't cd to /nope: No such file or directory\n");
  }

  @Test
  void errorsOfAScriptTellItsNameAndTheLine() {
    Sandbox sandbox = ShellSandbox.create().withFile("s.sh", "\nnosuch\n\nfi\n");

    assertThat(sandbox.run("sh", "s.sh").errors())
        .isEqualTo(
            "s.sh: line 2: nosuch: not found\ns.sh: line 4: syntax error: unexpected \"fi\"\n");
  }

  @Test
  void aScriptThatIsNotThereEndsWith2() {
    Sandbox.Result result = ShellSandbox.create().run("sh", "nofile");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errors()).isEqualTo("sh: can't open 'nofile': No such file or directory\n");
  }

  @Test
  void endlessRecursionEndsWithAnError() {
    Sandbox.Result result = sh("f() { f; }; f; echo no");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors()).contains("nested too deeply");
  }

  @Test
  void recursionThroughCompoundCommandsEndsWithAnErrorToo() {
    Sandbox.Result result =
        sh("f() { if true; then for i in 1; do case a in a) { eval 'f'; } ;; esac; done; fi; }; f");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errors()).contains("nested too deeply");
  }

  @Test
  void aDeepNestingOfParenthesesIsAnError() {
    assertThat(sh("(".repeat(5_000) + "true").code()).isEqualTo(2);
    assertThat(sh("echo " + "$(".repeat(5_000)).code()).isEqualTo(2);
    assertThat(sh("echo $((" + "(".repeat(5_000) + "1" + ")".repeat(5_000) + "))").code())
        .isEqualTo(2);
  }

  @Test
  void aScriptOfAMegabyteIsParsedFast() {
    String script = "x=$((x+1)); if [ $x = 0 ]; then echo no; fi\n".repeat(25_000) + "echo $x\n";
    Sandbox sandbox = ShellSandbox.create().withFile("s", script);
    Instant start = Instant.now();

    assertThat(sandbox.run("sh", "s").output()).isEqualTo("25000\n");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void anEndlessLoopIsKilledAtOnce() throws Exception {
    Sandbox sandbox = ShellSandbox.create();
    Task task =
        sandbox.start(
            new Shell(Dialect.ASH),
            new Pipe().writer(),
            new Pipe().writer(),
            "sh",
            "-c",
            "while :; do :; done");

    task.signalFromOutside(Signal.KILL);

    assertThat(task.end().get(5, TimeUnit.SECONDS)).isEqualTo(137);
  }

  @Test
  void aVariableThatGrowsBeyondTheMemoryIsKilled() {
    Sandbox sandbox = ShellSandbox.create().asChild();
    sandbox.limits().setMemory(10_000_000);

    Sandbox.Result result = sandbox.run("sh", "-c", "x=0123456789; while :; do x=$x$x; done");

    assertThat(result.code()).isEqualTo(137);
  }

  @Test
  void memoryIsGivenBack() {
    Sandbox sandbox = ShellSandbox.create();

    sandbox.run("sh", "-c", "x=$(seq 1000); f() { local y=$x; }; f; (z=$x); read a <<E\n$x\nE\n");

    assertThat(sandbox.kernel().memory().used()).isZero();
  }

  @Test
  void bytesThatAreNoTextPassThrough() {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xfe, 'b'};
    Sandbox sandbox = ShellSandbox.create().withInput(bytes);

    Sandbox.Result result =
        sandbox.run("sh", "-c", "IFS= read -r x; y=$(printf %s \"$x\"); printf %s \"$y\"");

    assertThat(result.outputBytes()).isEqualTo(bytes);
  }

  @Test
  void doubleBracketsDoNotSplitWords() {
    assertThat(sh("x='a b'; [[ $x = 'a b' ]] && echo yes; [[ -n $y ]] || echo no").output())
        .isEqualTo("yes\nno\n");
  }

  @Test
  void aWordIsStandardInputAfterThreeArrows() {
    assertThat(sh("x='a  b'; cat <<<$x").output()).isEqualTo("a  b\n");
  }

  @Test
  void doubleParenthesesCalculate() {
    assertThat(sh("((x=2+3)); echo $x $?; ((0)); echo $?").output()).isEqualTo("5 0\n1\n");
  }

  @Test
  void theLastCommandTakesTheShellsPlace() {
    Sandbox sandbox = ShellSandbox.create().with("pid", task -> task.pid());

    assertThat(sandbox.run("sh", "-c", "true; pid").code()).isEqualTo(1);
  }

  @Property(tries = 60)
  void quotedWordsAreThemselves(@ForAll("words") @Size(max = 6) List<String> words) {
    String script =
        words.stream()
            .map(Quoting::quote)
            .collect(Collectors.joining(" ", "printf '%s\\n' x ", ""));
    String expected =
        words.stream().map(word -> word + "\n").collect(Collectors.joining("", "x\n", ""));

    assertThat(sh(script).outputBytes()).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings()
        .withChars("ab \t\n'\"\\$`*?[]{}()<>|&;#~=!%-".toCharArray())
        .withChars('é', '€')
        .ofMaxLength(8)
        .list()
        .ofMaxSize(6);
  }

  @Property(tries = 60)
  void splittingTakesBlanksAway(@ForAll("plainWords") List<String> words) {
    String value = String.join("  ", words);

    assertThat(sh("x=" + Quoting.quote(value) + "; printf '%s,' $x").output())
        .isEqualTo(words.isEmpty() ? "," : String.join(",", words) + ",");
  }

  @Provide
  Arbitrary<List<String>> plainWords() {
    return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5).list().ofMaxSize(6);
  }
}
