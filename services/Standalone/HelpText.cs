namespace Integration.Standalone;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Text = """
        Runs the whole system in one process: process core, error treatment and every integration service on an in-memory
        bus, their databases in SQLite files, and small external systems of its own. Deploys the sample processes, starts
        them, shows what happens, and keeps serving until Ctrl+C.

        The services take their settings from the environment, as they do on their own (Mail__Accounts__default__Host and so
        on). A folder and a database are there to begin with: the file store 'files', and for sql.* the connection
        'default', an empty SQLite file that takes any SQL.

        dotnet run --project services/Standalone [-- arguments]

          --once           plays the operator too and ends: exit code 0 when every process reached the expected end.
                           Uses free ports and a temporary folder unless set otherwise
          --port NUMBER    the port of the process core; the others follow it in the distances of the services' own ports
                           (deploy/services.json), the sample systems at +90. The default value is 5100; 0 takes free ports
          --data FOLDER    where the databases are kept. The default value is data
          --core URL       a process core that runs already, and with it --treatment URL and --systems URL: where its error
                           treatment is, and where the services call the sample systems, which listen on that port on all
                           interfaces. Nothing else runs here then. An address for people may follow behind a comma. Tokens
                           are CORE_TOKEN and TREATMENT_TOKEN in the environment
          --verbose        shows what the services log, on standard error
          --help           this text

        Exit codes: 0 ended as expected, 1 not, 2 an argument is wrong.
        NO_COLOR=1 in the environment switches colours off.
        """;
}
