package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The variables that mean something to {@code awk} itself; they come first among the globals. */
final class Globals {

  static final List<String> NAMES =
      List.of(
          "NF",
          "NR",
          "FNR",
          "FS",
          "OFS",
          "RS",
          "ORS",
          "SUBSEP",
          "CONVFMT",
          "OFMT",
          "RSTART",
          "RLENGTH",
          "FILENAME",
          "ENVIRON",
          "ARGC",
          "ARGV",
          "ERRNO",
          "RT");

  static final int NF = 0;
  static final int NR = 1;
  static final int FNR = 2;
  static final int FS = 3;
  static final int OFS = 4;
  static final int RS = 5;
  static final int ORS = 6;
  static final int SUBSEP = 7;
  static final int CONVFMT = 8;
  static final int OFMT = 9;
  static final int RSTART = 10;
  static final int RLENGTH = 11;
  static final int FILENAME = 12;
  static final int ENVIRON = 13;
  static final int ARGC = 14;
  static final int ARGV = 15;

  private final List<Slot> slots = new ArrayList<>();

  /** With their initial values, and room for all variables of a script. */
  Globals(Map<String, Integer> names) {
    for (int i = 0; i < names.size(); i++) {
      slots.add(new Slot());
    }
    set(FS, " ");
    set(OFS, " ");
    set(RS, "\n");
    set(ORS, "\n");
    set(SUBSEP, "\034");
    set(CONVFMT, "%.6g");
    set(OFMT, "%.6g");
    set(NR, 0);
    set(FNR, 0);
    set(NF, 0);
  }

  Slot slot(int index) {
    return slots.get(index);
  }

  void set(int index, String text) {
    slots.get(index).set(Value.of(text));
  }

  void set(int index, double number) {
    slots.get(index).set(Value.of(number));
  }

  String text(int index) throws Failure {
    Value value = slots.get(index).value();
    return value.text().orElseGet(() -> value.toText("%.6g"));
  }
}
