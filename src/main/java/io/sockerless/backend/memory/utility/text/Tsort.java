package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * {@code tsort}: names in an order in which each pair's first comes before its second.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/tsort.html">tsort</a>
 */
public final class Tsort extends Utility {

  private static final int NODE = 200;

  /** A name, how many it waits for, and what waits for it. */
  private static final class Node {
    private final String name;
    private final List<Node> followers = new ArrayList<>();
    private int waitingFor;
    private boolean printed;

    Node(String name) {
      this.name = name;
    }
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    String file = Options.parse(task, "w").files().getFirst();
    try (Charge charge = new Charge(task);
        Input input = Input.open(task, file)) {
      Map<String, Node> nodes = read(file, Text.decode(input.readAll(charge)), charge);
      return print(task, output, file, nodes);
    }
  }

  private static Map<String, Node> read(String file, String text, Charge charge) throws Failure {
    Map<String, Node> nodes = new LinkedHashMap<>();
    StringTokenizer words = new StringTokenizer(text, " \t\n");
    while (words.hasMoreTokens()) {
      Node first = nodes.computeIfAbsent(words.nextToken(), Node::new);
      if (!words.hasMoreTokens()) {
        throw new Failure(file + ": input contains an odd number of tokens");
      }
      Node second = nodes.computeIfAbsent(words.nextToken(), Node::new);
      charge.add(NODE);
      if (first != second) {
        first.followers.add(second);
        second.waitingFor++;
      }
    }
    return nodes;
  }

  private static int print(Task task, Output output, String file, Map<String, Node> nodes)
      throws IOException {
    Deque<Node> ready = new ArrayDeque<>();
    nodes.values().stream().filter(node -> node.waitingFor == 0).forEach(ready::add);
    int code = 0;
    int left = nodes.size();
    while (left > 0) {
      if (ready.isEmpty()) {
        code = 1;
        breakLoop(task, output, file, nodes.values(), ready);
      }
      task.checkpoint();
      Node node = ready.remove();
      node.printed = true;
      left--;
      output.printLine(node.name);
      for (Node follower : node.followers) {
        if (--follower.waitingFor == 0 && !follower.printed) {
          ready.add(follower);
        }
      }
    }
    return code;
  }

  /** Tells a loop, and lets its first name go before the one that it waits for. */
  private static void breakLoop(
      Task task, Output output, String file, Iterable<Node> nodes, Deque<Node> ready)
      throws IOException {
    output.flush();
    task.complain(file + ": input contains a loop:");
    List<Node> loop = loop(nodes);
    loop.forEach(node -> task.complain(node.name));
    loop.getFirst().waitingFor = 0;
    ready.add(loop.getFirst());
  }

  /** A loop among what is not printed, found by going back from any of it. */
  private static List<Node> loop(Iterable<Node> nodes) {
    Map<Node, Node> waitsFor = new LinkedHashMap<>();
    for (Node node : nodes) {
      if (!node.printed) {
        node.followers.stream()
            .filter(follower -> !follower.printed)
            .forEach(follower -> waitsFor.putIfAbsent(follower, node));
      }
    }
    Node node = waitsFor.keySet().iterator().next();
    List<Node> path = new ArrayList<>();
    while (!path.contains(node)) {
      path.add(node);
      node = waitsFor.get(node);
    }
    return path.subList(path.indexOf(node), path.size()).reversed();
  }
}
