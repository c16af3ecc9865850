import type { Descriptor } from "./manifest.ts";

/** Whether two names of images mean the same, such as `app` and `docker.io/library/app:latest`. */
export function isSameName(a: string, b: string): boolean {
  return a === b || wholeName(a) === wholeName(b);
}

/** Whether an index gives the image this name: containerd's annotation has it whole, OCI's often only the tag. */
export function hasName({ annotations }: Descriptor, name: string): boolean {
  return ["io.containerd.image.name", "org.opencontainers.image.ref.name"].some((key) => {
    const given = annotations.get(key);
    return given !== undefined && isSameName(given, name);
  });
}

/** A name with the registry, namespace and tag that Docker adds where they are left out. */
function wholeName(name: string): string {
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const isRegistry = /[.:]/.test(first) || first === "localhost";
  const path = isRegistry ? name.slice(slash + 1) : name;
  const registry = isRegistry && first !== "index.docker.io" ? first : "docker.io";
  const repository = registry === "docker.io" && !path.includes("/") ? `library/${path}` : path;
  const isTagged = repository.includes("@") || repository.lastIndexOf(":") > repository.lastIndexOf("/");
  return `${registry}/${repository}${isTagged ? "" : ":latest"}`;
}
