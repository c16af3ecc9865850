import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A web service that tells the time in any time zone: GET /Europe/Zurich */
public final class Clock {
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx");

  public static void main(String[] arguments) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(8000), 0);
    server.createContext("/", Clock::answer);
    server.start();
    System.out.println("Listening on port 8000.");
  }

  /**
   * Returns the time in a zone, such as "2026-03-01 13:00 +01:00".
   *
   * @throws DateTimeException if there is no such zone
   */
  static String timeIn(String zone, Instant instant) {
    return FORMAT.format(instant.atZone(ZoneId.of(zone)));
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String zone = exchange.getRequestURI().getPath().substring(1);
      String text;
      int status;
      try {
        text = timeIn(zone, Instant.now());
        status = 200;
      } catch (DateTimeException noZone) {
        text = "There is no such time zone. Try /Europe/Zurich.";
        status = 404;
      }
      byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
