# unknown: a Java service whose heap is set by an option
# image: registry.example.com/shop/java:1
FROM tomcat
ENV JAVA_OPTS=-Xms64m
EXPOSE 8080
