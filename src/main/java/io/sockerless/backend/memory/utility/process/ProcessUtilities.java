package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Program;
import java.util.Map;

/**
 * The utilities that deal with processes, users and the system, by the names they are called by.
 */
public final class ProcessUtilities {

  private static final Map<String, Program> PROGRAMS =
      Map.ofEntries(
          Map.entry("addgroup", new AddGroup(false)),
          Map.entry("adduser", new AddUser(false)),
          Map.entry("arch", new Arch()),
          Map.entry("cal", new Cal()),
          Map.entry("chpasswd", new Chpasswd()),
          Map.entry("chroot", new Chroot()),
          Map.entry("clear", new Clear(false)),
          Map.entry("cryptpw", new Mkpasswd()),
          Map.entry("date", new Date()),
          Map.entry("delgroup", new DeleteAccount(true)),
          Map.entry("deluser", new DeleteAccount(false)),
          Map.entry("dmesg", new Dmesg()),
          Map.entry("dnsdomainname", new Hostname('d')),
          Map.entry("dumb-init", new Tini(false)),
          Map.entry("env", new Env()),
          Map.entry("flock", new Flock()),
          Map.entry("free", new Free()),
          Map.entry("gosu", new Gosu()),
          Map.entry("getconf", new Getconf()),
          Map.entry("getent", new Getent()),
          Map.entry("groupadd", new AddGroup(true)),
          Map.entry("groupdel", new DeleteAccount(true)),
          Map.entry("groups", new Groups()),
          Map.entry("hostname", new Hostname(' ')),
          Map.entry("id", new Id()),
          Map.entry("ionice", new Prefix("tc:n:", 0)),
          Map.entry("kill", new Kill()),
          Map.entry("killall", new KillAll()),
          Map.entry("logger", new Logger()),
          Map.entry("logname", new Logname()),
          Map.entry("lsof", new Lsof()),
          Map.entry("mkpasswd", new Mkpasswd()),
          Map.entry("mount", new Mount()),
          Map.entry("mountpoint", new Mountpoint()),
          Map.entry("nice", new Nice()),
          Map.entry("nohup", new Nohup()),
          Map.entry("nproc", new Nproc()),
          Map.entry("passwd", new Passwd()),
          Map.entry("pgrep", new Pgrep(false)),
          Map.entry("pidof", new Pidof()),
          Map.entry("pkill", new Pgrep(true)),
          Map.entry("printenv", new Printenv()),
          Map.entry("ps", new Ps()),
          Map.entry("pstree", new Pstree()),
          Map.entry("renice", new Renice()),
          Map.entry("reset", new Clear(true)),
          Map.entry("run-parts", new RunParts()),
          Map.entry("setpriv", new Setpriv()),
          Map.entry("setsid", new Setsid()),
          Map.entry("sleep", new Sleep(false)),
          Map.entry("start-stop-daemon", new StartStopDaemon()),
          Map.entry("stty", new Stty()),
          Map.entry("su", new Su()),
          Map.entry("su-exec", new Gosu()),
          Map.entry("sysctl", new Sysctl()),
          Map.entry("taskset", new Prefix("ac:", 1)),
          Map.entry("time", new Time()),
          Map.entry("timeout", new Timeout()),
          Map.entry("tini", new Tini(true)),
          Map.entry("top", new Top()),
          Map.entry("ts", new Ts()),
          Map.entry("tty", new Tty()),
          Map.entry("umount", new Umount()),
          Map.entry("uname", new Uname()),
          Map.entry("uptime", new Uptime()),
          Map.entry("useradd", new AddUser(true)),
          Map.entry("userdel", new DeleteAccount(false)),
          Map.entry("usleep", new Sleep(true)),
          Map.entry("w", new Who(true)),
          Map.entry("watch", new Watch()),
          Map.entry("who", new Who(false)),
          Map.entry("whoami", new Whoami()));

  private ProcessUtilities() {}

  /** All of them. */
  public static Map<String, Program> programs() {
    return PROGRAMS;
  }
}
