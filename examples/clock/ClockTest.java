import java.time.DateTimeException;
import java.time.Instant;

/** Run with: javac *.java && java -enableassertions ClockTest */
public final class ClockTest {
  public static void main(String[] arguments) {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    assert Clock.timeIn("Europe/Zurich", noon).equals("2026-03-01 13:00 +01:00");
    assert Clock.timeIn("UTC", noon).equals("2026-03-01 12:00 +00:00");
    try {
      Clock.timeIn("Mars/Olympus", noon);
      assert false : "There is no such time zone.";
    } catch (DateTimeException expected) {
      System.out.println("passed");
    }
  }
}
