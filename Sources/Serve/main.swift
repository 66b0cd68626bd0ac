// The command line's door: reads the words, runs the command, ends with its status.

import Atiende
import Glibc

// A client that hangs up must cost a failed write, not the process.
signal(SIGPIPE, SIG_IGN)
exit(CommandLineTool.run(Array(CommandLine.arguments.dropFirst()), environment: Environment.read()))
