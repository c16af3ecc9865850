export { t as githubApi } from "./api2.js";
