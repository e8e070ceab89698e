/** A part of the run that can be asked for by itself. */
interface Section {
  void run(Bench bench) throws Exception;
}
