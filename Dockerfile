# docker build --tag kharden . && docker run --rm --read-only --volume "$PWD:/manifests:ro" kharden --check .
FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM gcr.io/distroless/nodejs22-debian12
COPY --from=build /src/package.json /src/LICENSE /app/
COPY --from=build /src/bin /app/bin
COPY --from=build /src/dist/third-party-licences.txt /app/dist/
COPY --from=build /src/dist/program /app/dist/program
# A number, so that runAsNonRoot can be checked.
USER 65532:65532
WORKDIR /manifests
ENTRYPOINT ["/nodejs/bin/node", "/app/bin/kharden.js"]
CMD ["-"]
