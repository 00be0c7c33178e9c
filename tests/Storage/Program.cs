using Integration.Storage.Tests;
using Xunit.Runner.InProc.SystemConsole;

// The same program is the process that a test kills while it writes.
return args is [WriterProcess.Argument, var file, var journal]
    ? await WriterProcess.RunAsync(file, journal)
    : await ConsoleRunner.Run(args);
