namespace Integration.Fixtures;

/// <summary>Runs a PostgreSQL server whose data outlives its ends: as installed on this machine, or in a container.</summary>
internal interface IPostgreSqlHost : IAsyncDisposable
{
    /// <summary>Makes the data, with a superuser <c>integration</c>.</summary>
    /// <param name="password">Of the superuser.</param>
    Task CreateAsync(string password);

    /// <summary>Starts it; it may not answer yet.</summary>
    Task StartAsync();

    /// <summary>Stops it as an operator does.</summary>
    Task StopAsync();

    /// <summary>Ends it without warning (SIGKILL).</summary>
    Task KillAsync();

    /// <summary>Gives the server a file that only it may read.</summary>
    /// <returns>The file's path, as the server sees it.</returns>
    Task<string> TakeAsync(string file);

    /// <summary>Why it has ended by itself; null while it runs.</summary>
    string? Ended { get; }
}
