/** The supported buildx drivers. Only `docker` leaves its images in the engine. */
export const drivers = ["docker", "docker-container", "kubernetes", "remote"] as const;

export type Driver = (typeof drivers)[number];
