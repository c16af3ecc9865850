/** Reports whether a word may be a built-in command or reserved word of a shell, which needs no file. */
export function isShellWord(word: string): boolean {
  return words.has(word);
}

/** The words of dash, BusyBox ash, bash, ksh and zsh together: which shell it is is unknown. */
const words: ReadonlySet<string> = new Set(
  `! [ [[ { } . : alias autoload bg bind break builtin caller case cd chdir command compgen complete compopt continue coproc
  declare dirs disown do done echo elif else emulate enable esac eval exec exit export false fc fg fi float for foreach function
  functions getopts hash help history if in integer jobs kill let limit local log logout mapfile nameref noglob nohup popd print
  printf pushd pwd read readarray readonly repeat rehash return select set setopt shift shopt sleep source suspend test then time
  times trap true type typeset ulimit umask unalias unfunction unlimit unset unsetopt until wait whence where which while
  zmodload`.split(/\s+/),
);
