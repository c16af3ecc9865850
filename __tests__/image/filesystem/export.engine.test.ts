import { busyboxBase, debianBase, distrolessBase } from "../../helpers/bases.ts";
import { compareWithExport } from "../../helpers/export-comparison.ts";

compareWithExport(() => [
  ["Debian", "/usr/bin/dpkg", debianBase, debianBase],
  ["busybox", "/bin/busybox", busyboxBase, busyboxBase],
  ["a distroless root", "/etc/ssl/certs/ca-certificates.crt", distrolessBase, distrolessBase],
]);
