# image: docker.io/library/eclipse-temurin:17-jre
# source: adoptium/containers@43253e3a4746:17/jre/ubuntu/noble/Dockerfile
# source: adoptium/containers@498fb5bbb81d:17/jre/ubuntu/noble/entrypoint.sh
# Beside Java there is a small service, for the images that are made from this one.
FROM base
RUN apt-get install -y openjdk-17-jre-headless
COPY <<'EOF' /usr/share/service/Service.java
import com.sun.net.httpserver.HttpServer;
import java.io.*;
import java.net.InetSocketAddress;
import java.nio.file.*;

/** Serves the files of a folder, logs into another one, and keeps a lock in a third, as the properties say. */
public class Service {
  public static void main(String[] arguments) throws Exception {
    Path data = folder("data"), logs = folder("logs"), temporary = folder("temporary");
    File lock = File.createTempFile("service", ".lock", temporary.toFile());
    PrintWriter log = new PrintWriter(new FileWriter(logs.resolve("service.log").toFile(), true), true);
    log.println("started with " + lock);
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.getInteger("port")), 0);
    server.createContext("/", exchange -> {
      String name = exchange.getRequestURI().getPath().substring(1);
      byte[] answer;
      int status = 200;
      try {
        if (exchange.getRequestMethod().equals("PUT")) Files.write(data.resolve(name), exchange.getRequestBody().readAllBytes());
        answer = name.isEmpty() ? System.getProperty("page").getBytes() : Files.readAllBytes(data.resolve(name));
      } catch (IOException failure) {
        status = 500;
        answer = failure.toString().getBytes();
      }
      log.println(exchange.getRequestMethod() + " " + name + " " + status);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
    System.out.println("up and running");
  }

  private static Path folder(String property) throws IOException {
    return Files.createDirectories(Path.of(System.getProperty(property)));
  }
}
EOF
RUN <<EOF
cd /usr/share/service
java -m jdk.compiler/com.sun.tools.javac.Main Service.java
EOF
COPY --chmod=755 <<'EOF' /__cacert_entrypoint.sh
#!/usr/bin/env bash
set -e
export JRE_CACERTS_PATH=$JAVA_HOME/lib/security/cacerts
exec "$@"
EOF
ENV JAVA_HOME=/usr/lib/jvm/java-17-openjdk-amd64
ENV LANG=C.UTF-8
ENTRYPOINT ["/__cacert_entrypoint.sh"]
CMD ["java", "-version"]
