/** An image as people write it, before they follow any advice. */
export interface AdvisedImage {
  readonly dockerfile: string;
  readonly files?: Readonly<Record<string, string>>;
  /** what only its author knows: paths that the program reads or that commands made */
  readonly application?: readonly string[];
  /** what its container prints; with a port, what a request of its root page answers */
  readonly answers: string;
  readonly port?: number;
  /** the base image that the advice must name; null if it must be silent */
  readonly advice: string | null;
  /** it installs or compiles for half a minute; only ALL_PROGRAMS=1 builds it */
  readonly isCostly?: true;
}

const cProgram = `#include <stdio.h>
int main(int count) { printf("hello from C, %d\\n", count); return 0; }
`;
const goProgram = (imported: string) =>
  `package main\n${imported}\nfunc main() { println("hello from go") }\n`;
const goModule = "module example.com/hello\ngo 1.24\n";
const goCache = "--mount=type=cache,target=/root/.cache/go-build";
/** Packages come from a directory beside the context, so that no build needs the network. */
const pip = "--mount=type=bind,from=wheels,target=/wheels";
const offline = "--no-index --no-compile --find-links=/wheels";
const flaskApp = `from flask import Flask
app = Flask(__name__)
@app.get("/")
def root(): return "hello from flask"
`;
const pythonApp = 'import sys\nprint("hello from python", *sys.argv[1:])\n';
const djangoApp = `import sys
from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpResponse
from django.urls import path
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x")
urlpatterns = [path("", lambda request: HttpResponse("hello from django"))]
if __name__ == "__main__": execute_from_command_line(sys.argv)
`;
const nodeServer = (extra = "''") =>
  `require("http").createServer((_, response) => response.end("hello from node" + ${extra})).listen(8080);\n`;
/** javac --release 17 -g:none of: class Main { … System.out.println("hello from java ".concat(String.join(" ", args))); } */
const javaClass = [
  "yv66vgAAAD0AJgoAAgADBwAEDAAFAAYBABBqYXZhL2xhbmcvT2JqZWN0AQAGPGluaXQ+AQADKClWCQAIAAkHAAoMAA",
  "sADAEAEGphdmEvbGFuZy9TeXN0ZW0BAANvdXQBABVMamF2YS9pby9QcmludFN0cmVhbTsIAA4BABBoZWxsbyBmcm9t",
  "IGphdmEgCAAQAQABIAoAEgATBwAUDAAVABYBABBqYXZhL2xhbmcvU3RyaW5nAQAEam9pbgEARShMamF2YS9sYW5nL0",
  "NoYXJTZXF1ZW5jZTtbTGphdmEvbGFuZy9DaGFyU2VxdWVuY2U7KUxqYXZhL2xhbmcvU3RyaW5nOwoAEgAYDAAZABoB",
  "AAZjb25jYXQBACYoTGphdmEvbGFuZy9TdHJpbmc7KUxqYXZhL2xhbmcvU3RyaW5nOwoAHAAdBwAeDAAfACABABNqYX",
  "ZhL2lvL1ByaW50U3RyZWFtAQAHcHJpbnRsbgEAFShMamF2YS9sYW5nL1N0cmluZzspVgcAIgEABE1haW4BAARDb2Rl",
  "AQAEbWFpbgEAFihbTGphdmEvbGFuZy9TdHJpbmc7KVYAIAAhAAIAAAAAAAIAAAAFAAYAAQAjAAAAEQABAAEAAAAFKr",
  "cAAbEAAAAAAAkAJAAlAAEAIwAAAB4ABAABAAAAErIABxINEg8quAARtgAXtgAbsQAAAAAAAA==",
].join("");
const javaFiles = {
  "Main.class.base64": javaClass,
  "META-INF/MANIFEST.MF": "Manifest-Version: 1.0\nMain-Class: Main\n",
};
const javaBuild = `FROM python:3.13-slim AS build
WORKDIR /out
COPY . .
RUN base64 -d Main.class.base64 > Main.class
RUN python -m zipfile -c app.jar META-INF/ Main.class
FROM eclipse-temurin:21-jre
`;

const distroless = (name: string) => `gcr.io/distroless/${name}-debian13`;

export const advisedImages: Readonly<Record<string, AdvisedImage>> = {
  "Go, static": {
    isCostly: true,
    dockerfile: `FROM golang:1.24 AS build
WORKDIR /src
COPY . .
RUN ${goCache} CGO_ENABLED=0 go build -o /server .
FROM debian:trixie-slim
COPY --from=build /server /server
CMD ["/server"]
`,
    files: { "main.go": goProgram(""), "go.mod": goModule },
    answers: "hello from go",
    advice: "scratch",
  },
  "Go with cgo, in one stage, found on the PATH": {
    isCostly: true,
    dockerfile: `FROM golang:1.24
WORKDIR /src
COPY . .
RUN ${goCache} go build -o /usr/local/bin/hello .
CMD ["hello"]
`,
    files: { "main.go": goProgram('import "C"'), "go.mod": goModule },
    answers: "hello from go",
    advice: distroless("base"),
  },
  "C, static, in one stage, as an account with a home": {
    dockerfile: `FROM gcc:14
RUN useradd --create-home app
WORKDIR /home/app
COPY hello.c .
RUN gcc -static -o hello hello.c && chown -R app:app /home/app
USER app
ENTRYPOINT ["./hello"]
CMD ["one"]
`,
    files: { "hello.c": cProgram },
    application: ["/home/app"],
    answers: "hello from C, 2",
    advice: "scratch",
  },
  "C, static and position-independent as Rust links for musl, behind a shell form": {
    dockerfile: `FROM gcc:14 AS build
COPY hello.c .
RUN gcc -static-pie -o /hello hello.c
FROM debian:trixie-slim
COPY --from=build /hello /usr/local/bin/hello
CMD exec /usr/local/bin/hello --port 80
`,
    files: { "hello.c": cProgram },
    answers: "hello from C, 3",
    advice: "scratch",
  },
  "C, linked as Rust links for glibc": {
    dockerfile: `FROM gcc:14 AS build
COPY hello.c .
RUN gcc -o /hello hello.c -Wl,--no-as-needed -lgcc_s
FROM debian:trixie-slim
RUN useradd app && mkdir /data && echo kept > /data/file
COPY --from=build --chown=app:app /hello /app/hello
USER app
ENTRYPOINT ["/app/hello"]
`,
    files: { "hello.c": cProgram },
    application: ["/data"],
    answers: "hello from C, 1",
    advice: `${distroless("cc")}:nonroot`,
  },
  "C++": {
    dockerfile: `FROM gcc:14 AS build
COPY hello.cc .
RUN g++ -o /hello hello.cc
FROM debian:trixie-slim
WORKDIR /srv
COPY --from=build /hello hello
ENTRYPOINT ["./hello"]
`,
    files: {
      "hello.cc": '#include <iostream>\nint main() { std::cout << "hello from C++" << std::endl; }\n',
    },
    answers: "hello from C++",
    advice: distroless("cc"),
  },
  "C with OpenSSL": {
    dockerfile: `FROM gcc:14
WORKDIR /app
COPY hello.c .
RUN gcc -o hello hello.c -lssl -lcrypto
USER 1000
ENTRYPOINT ["/app/hello"]
`,
    files: {
      "hello.c": `#include <openssl/ssl.h>
#include <stdio.h>
int main() { SSL_CTX *tls = SSL_CTX_new(TLS_method()); printf("hello from TLS: %d\\n", tls != NULL); }
`,
    },
    answers: "hello from TLS: 1",
    advice: `${distroless("base")}:nonroot`,
  },
  "C with a library that no base image has": {
    dockerfile: `FROM gcc:14
WORKDIR /app
COPY hello.c .
RUN gcc -o hello hello.c -lsqlite3
ENTRYPOINT ["/app/hello"]
`,
    files: {
      "hello.c": `#include <sqlite3.h>
#include <stdio.h>
int main() { sqlite3 *db; printf("hello from SQLite: %d\\n", sqlite3_open(":memory:", &db)); }
`,
    },
    answers: "hello from SQLite: 0",
    advice: distroless("base"),
  },
  "Python without packages, in the working directory of its base image": {
    dockerfile: `FROM python:3.13-slim
COPY app.py /
USER nobody
CMD ["python", "app.py", "one"]
`,
    files: { "app.py": pythonApp },
    answers: "hello from python one",
    advice: `${distroless("python3")}:nonroot`,
  },
  "Python behind a shell form, with a health check": {
    dockerfile: `FROM python:3.13-slim
WORKDIR /app
COPY app.py .
HEALTHCHECK CMD ["python", "-c", "pass"]
CMD python app.py one
`,
    files: { "app.py": pythonApp },
    answers: "hello from python one",
    advice: distroless("python3"),
  },
  "a script of Python": {
    dockerfile: `FROM python:3.13-slim
COPY --chmod=755 app.py /app/app.py
ENTRYPOINT ["/app/app.py"]
CMD ["one"]
`,
    files: { "app.py": `#!/usr/bin/env python3\n${pythonApp}` },
    answers: "hello from python one",
    advice: distroless("python3"),
  },
  Flask: {
    dockerfile: `FROM python:3.13-slim
WORKDIR /app
RUN ${pip} pip install ${offline} flask
COPY app.py .
ENV FLASK_APP=app
CMD ["flask", "run", "--host=0.0.0.0", "--port=8080"]
`,
    files: { "app.py": flaskApp },
    application: ["/app"],
    answers: "hello from flask",
    port: 8080,
    advice: distroless("python3"),
  },
  "Flask in a virtual environment, behind gunicorn": {
    isCostly: true,
    dockerfile: `FROM python:3.13-slim AS build
RUN python -m venv /venv
RUN ${pip} /venv/bin/pip install ${offline} flask gunicorn
FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY --from=build /venv /venv
COPY app.py .
CMD ["gunicorn", "--bind=0.0.0.0:8080", "app:app"]
`,
    files: { "app.py": flaskApp },
    answers: "hello from flask",
    port: 8080,
    advice: distroless("python3"),
  },
  "Django, as an account of its own": {
    isCostly: true,
    dockerfile: `FROM python:3.13-slim
RUN useradd --create-home app
WORKDIR /app
COPY --chown=app:app . .
RUN ${pip} pip install ${offline} -r requirements.txt
USER app
ENTRYPOINT ["python", "manage.py"]
CMD ["runserver", "--noreload", "0.0.0.0:8080"]
`,
    files: { "manage.py": djangoApp, "requirements.txt": "django\n" },
    application: ["/app"],
    answers: "hello from django",
    port: 8080,
    advice: `${distroless("python3")}:nonroot`,
  },
  "a stage that continues another": {
    dockerfile: `FROM python:3.13-slim AS base
WORKDIR /app
COPY app.py .
ENV WORD=one
FROM base AS final
CMD ["python", "app.py", "one"]
`,
    files: { "app.py": pythonApp },
    application: ["/app"],
    answers: "hello from python one",
    advice: distroless("python3"),
  },
  "numpy, with a search path of its own": {
    isCostly: true,
    dockerfile: `FROM python:3.13-slim
WORKDIR /app
RUN ${pip} pip install ${offline} numpy
COPY . .
ENV PYTHONPATH=/app/lib
CMD ["python", "app.py"]
`,
    files: {
      "app.py": "import numpy, mine\nprint('hello from numpy', numpy.arange(4).sum())\n",
      "lib/mine.py": "",
    },
    application: ["/app"],
    answers: "hello from numpy 6",
    advice: distroless("python3"),
  },
  "a jar": {
    dockerfile: `${javaBuild}WORKDIR /app
COPY --from=build /out/app.jar .
CMD ["java", "-jar", "app.jar", "one"]
`,
    files: javaFiles,
    answers: "hello from java one",
    advice: distroless("java21"),
  },
  "a class of Java with options": {
    dockerfile: `${javaBuild}COPY --from=build /out/Main.class /app/
ENTRYPOINT ["java", "-Xmx64m", "-cp", "/app"]
CMD ["Main", "one"]
`,
    files: javaFiles,
    answers: "hello from java one",
    advice: distroless("java21"),
  },
  "Node.js, as the account of its base image": {
    dockerfile: `FROM node:24
WORKDIR /app
COPY --chown=node:node . .
USER node
CMD ["node", "server.js"]
`,
    files: { "server.js": nodeServer() },
    answers: "hello from node",
    port: 8080,
    advice: `${distroless("nodejs24")}:nonroot`,
  },
  "Node.js with packages": {
    dockerfile: `FROM node:24
ENV EXTRA=more
WORKDIR /app
COPY . .
RUN npm install --offline --no-audit --no-fund
EXPOSE 8080
CMD ["node", "server.js"]
`,
    files: {
      "server.js": nodeServer("require('greeting')"),
      "package.json": '{"name": "app", "dependencies": {"greeting": "file:greeting"}}',
      "greeting/package.json": '{"name": "greeting", "version": "1.0.0"}',
      "greeting/index.js": 'module.exports = " and " + process.env.EXTRA;\n',
    },
    application: ["/app"],
    answers: "hello from node and more",
    port: 8080,
    advice: distroless("nodejs24"),
  },
  "a site that Node.js makes and nginx serves": {
    dockerfile: `FROM node:24 AS build
WORKDIR /site
COPY build.js .
RUN node build.js
FROM nginx:1.26
COPY --from=build /site/index.html /usr/share/nginx/html/index.html
`,
    files: { "build.js": 'require("fs").writeFileSync("index.html", "hello from a site");\n' },
    answers: "hello from a site",
    port: 80,
    advice: null,
  },
  "nginx with a configuration": {
    dockerfile: `FROM nginx:1.26
COPY site.conf /etc/nginx/conf.d/default.conf
`,
    files: { "site.conf": 'server { listen 8080; location / { return 200 "hello from nginx"; } }\n' },
    answers: "hello from nginx",
    port: 8080,
    advice: null,
  },
  "a script of the shell": {
    dockerfile: `FROM debian:trixie-slim
COPY --chmod=755 start.sh /
ENTRYPOINT ["/start.sh"]
`,
    files: { "start.sh": '#!/bin/sh\necho "hello from $0"\n' },
    answers: "hello from /start.sh",
    advice: null,
  },
  "a shell form that needs its shell": {
    dockerfile: `FROM python:3.13-slim
COPY app.py /
CMD python app.py "\${WORD:-one}"
`,
    files: { "app.py": pythonApp },
    answers: "hello from python one",
    advice: null,
  },
  npm: {
    dockerfile: `FROM node:24
WORKDIR /app
COPY . .
CMD ["npm", "start"]
`,
    files: { "server.js": nodeServer(), "package.json": '{"scripts": {"start": "node server.js"}}' },
    answers: "hello from node",
    port: 8080,
    advice: null,
  },
};
