package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;

/** What runs a script shares: its variables, the record, its streams. */
record Machine(
    Task task,
    Script script,
    Globals globals,
    Regexes regexes,
    Fields fields,
    Streams streams,
    MainInput input,
    Charge charge) {}
