import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Fill, packagesRoot } from "./debian.ts";

/** A layer with nginx and the files of its own image. */
export const nginxRoot: Fill = async (root) => {
  await packagesRoot([
    "nginx",
    "nginx-common",
    "libpcre2-8-0",
    "libcrypt1",
    "libssl3t64",
    "zlib1g",
    "libzstd1",
  ])(root);
  const configuration = `user www-data;
events {}
http {
  include /etc/nginx/mime.types;
  include /etc/nginx/conf.d/*.conf;
}
`;
  const site = "server { listen 80; location / { root /usr/share/nginx/html; index index.html; } }\n";
  await writeFile(join(root, "etc/nginx/nginx.conf"), configuration);
  await mkdir(join(root, "etc/nginx/conf.d"), { recursive: true });
  await writeFile(join(root, "etc/nginx/conf.d/default.conf"), site);
  for (const path of ["var/log/nginx", "var/cache/nginx", "var/lib/nginx", "run"])
    await mkdir(join(root, path), { recursive: true });
  await writeFile(join(root, "docker-entrypoint.sh"), '#!/bin/sh\nset -e\nexec "$@"\n', { mode: 0o755 });
};
