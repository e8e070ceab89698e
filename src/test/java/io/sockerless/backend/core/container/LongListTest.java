package io.sockerless.backend.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.core.Calls;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongListTest {

  private static final int MANY = 50_000;

  private final AtomicInteger made = new AtomicInteger();
  private final Call call = Calls.query();

  private Answer answer(int count) {
    return LongList.answer(call, IntStream.range(0, count).boxed().toList(), this::document);
  }

  private JsonObject document(int number) {
    made.incrementAndGet();
    return Json.createObjectBuilder().add("Number", number).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 1001, MANY})
  void everyDocumentIsThereInItsPlace(int count) {
    Answer answer = answer(count);
    assertThat(answer.headers().first("Content-Type")).contains("application/json");
    List<Integer> numbers =
        answer.document().asJsonArray().getValuesAs(it -> it.asJsonObject().getInt("Number"));
    assertThat(numbers).isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void aLongListIsMadeNoFasterThanItIsRead() throws Exception {
    Answer answer = answer(MANY);
    assertThat(answer.length()).isEqualTo(-1);
    assertThat(answer.body().read()).isEqualTo('[');
    call.cancellation().cancel();
    assertThat(made.get()).isLessThan(MANY / 2);
  }
}
