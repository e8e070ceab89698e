package io.sockerless.backend.memory.utility.diff;

import io.sockerless.backend.memory.kernel.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The shortest way from one sequence to another, by Myers' algorithm in linear space.
 *
 * @see <a href="http://www.xmailserver.org/diff2.pdf">An O(ND) Difference Algorithm</a>
 */
final class EditScript {

  private final Task task;
  private final int[] a;
  private final int[] b;
  private final int[] forward;
  private final int[] backward;
  private final int zero;
  private final BitSet deleted = new BitSet();
  private final BitSet inserted = new BitSet();

  private EditScript(Task task, int[] a, int[] b) {
    this.task = task;
    this.a = a;
    this.b = b;
    this.zero = a.length + b.length + 1;
    this.forward = new int[2 * zero + 1];
    this.backward = new int[2 * zero + 1];
  }

  /**
   * The changes that lead from one to the other.
   *
   * @param a lines as numbers; equal lines have equal numbers
   */
  static List<Change> between(Task task, int[] a, int[] b) {
    EditScript script = new EditScript(task, a, b);
    script.compare(0, a.length, 0, b.length);
    return script.changes();
  }

  private void compare(int aFrom, int aTo, int bFrom, int bTo) {
    int aStart = aFrom;
    int bStart = bFrom;
    int aEnd = aTo;
    int bEnd = bTo;
    while (aStart < aEnd && bStart < bEnd && a[aStart] == b[bStart]) {
      aStart++;
      bStart++;
    }
    while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] == b[bEnd - 1]) {
      aEnd--;
      bEnd--;
    }
    if (aStart == aEnd) {
      inserted.set(bStart, bEnd);
    } else if (bStart == bEnd) {
      deleted.set(aStart, aEnd);
    } else {
      int[] middle = middle(aStart, aEnd, bStart, bEnd);
      compare(aStart, middle[0], bStart, middle[1]);
      compare(middle[0], aEnd, middle[1], bEnd);
    }
  }

  /** A point that a shortest path passes, found from both ends at once. */
  private int[] middle(int aStart, int aEnd, int bStart, int bEnd) {
    int delta = aEnd - aStart - (bEnd - bStart);
    boolean odd = (delta & 1) != 0;
    int most = (aEnd - aStart + bEnd - bStart + 1) / 2;
    forward[zero + 1] = aStart;
    backward[zero + 1] = aEnd;
    for (int d = 0; d <= most; d++) {
      task.checkpoint();
      for (int k = -d; k <= d; k += 2) {
        boolean down = k == -d || (k != d && forward[zero + k - 1] < forward[zero + k + 1]);
        int x = down ? forward[zero + k + 1] : forward[zero + k - 1] + 1;
        int y = bStart + (x - aStart) - k;
        int startX = x;
        while (x < aEnd && y < bEnd && y >= bStart && a[x] == b[y]) {
          x++;
          y++;
        }
        forward[zero + k] = x;
        int mirrored = delta - k;
        boolean meets = odd && mirrored >= -(d - 1) && mirrored <= d - 1;
        if (meets && x >= backward[zero + mirrored]) {
          return new int[] {startX, bStart + (startX - aStart) - k};
        }
      }
      for (int k = -d; k <= d; k += 2) {
        boolean up = k == -d || (k != d && backward[zero + k - 1] > backward[zero + k + 1]);
        int x = up ? backward[zero + k + 1] : backward[zero + k - 1] - 1;
        int y = bEnd - (aEnd - x) + k;
        while (x > aStart && y > bStart && y <= bEnd && a[x - 1] == b[y - 1]) {
          x--;
          y--;
        }
        backward[zero + k] = x;
        int mirrored = delta - k;
        boolean meets = !odd && mirrored >= -d && mirrored <= d;
        if (meets && x <= forward[zero + mirrored]) {
          return new int[] {x, y};
        }
      }
    }
    throw new IllegalStateException("the paths from both ends always meet");
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      int aStart = i;
      int bStart = j;
      i = deleted.nextClearBit(i);
      j = inserted.nextClearBit(j);
      if (i > aStart || j > bStart) {
        changes.add(new Change(aStart, i, bStart, j));
      }
      if (i < a.length || j < b.length) {
        i++;
        j++;
      }
    }
    return changes;
  }
}
