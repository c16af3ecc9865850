import { quote, refuse } from "./refuse.ts";

const names = new Set(
  (
    "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP " +
    "TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX"
  ).split(" "),
);

/** Refuses an invalid STOPSIGNAL. A signal is a number other than 0, or a Linux name with or without SIG. */
export function checkSignal(text: string, line: number): void {
  const name = text.toUpperCase().replace(/^SIG/, "");
  const offset = /^(?:RTMIN\+|RTMAX-)([1-9]|1[0-5])$/.exec(name)?.[0];
  const isNumber = /^[+-]?[0-9]+$/.test(text) && Number(text) !== 0;
  const isSignal = isNumber || names.has(name) || (offset !== undefined && offset !== "RTMAX-15");
  if (!isSignal) refuse(line, `${quote(text)} is not a signal`);
}
