import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same measurement of us and of the daemon in turn, round after round, so that what else goes
 * on in the machine meets both. A ratio is the median of the rounds' own ratios.
 */
final class Rounds {

  private final List<double[]> us = new ArrayList<>();
  private final List<double[]> daemon = new ArrayList<>();

  /** One measurement; answers one number or several. */
  interface Measure {
    double[] on(Endpoint endpoint) throws Exception;
  }

  static Rounds of(
      String what, String unit, int rounds, Endpoint us, Endpoint daemon, Measure measure)
      throws Exception {
    Rounds all = new Rounds();
    for (int round = 0; round < rounds; round++) {
      // Who goes first changes, since the second one finds warmer caches.
      if (round % 2 == 0) {
        all.us.add(measure.on(us));
        all.daemon.add(measure.on(daemon));
      } else {
        all.daemon.add(measure.on(daemon));
        all.us.add(measure.on(us));
      }
      System.out.printf(
          "  %s, round %d: %s %s, daemon %s %s%n",
          what, round + 1, us.name(), text(all.us.getLast()), text(all.daemon.getLast()), unit);
    }
    return all;
  }

  private static String text(double[] values) {
    return String.join(" / ", Arrays.stream(values).mapToObj(Report::number).toList());
  }

  double us(int column) {
    return median(us.stream().mapToDouble(it -> it[column]).toArray());
  }

  double daemon(int column) {
    return median(daemon.stream().mapToDouble(it -> it[column]).toArray());
  }

  double ratio(int column) {
    double[] ratios = new double[us.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = us.get(i)[column] / daemon.get(i)[column];
    }
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
