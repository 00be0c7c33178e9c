namespace Integration.Fixtures.Containers;

/// <summary>
/// Where tests take RabbitMQ and PostgreSQL from: installed on this machine, else in containers. <c>INTEGRATION_SERVERS</c> set to
/// <c>installed</c> or <c>containers</c> decides it.
/// </summary>
internal static class ServerSource
{
    /// <summary>The variable that decides.</summary>
    public const string Variable = "INTEGRATION_SERVERS";

    /// <summary>Whether a server runs in a container.</summary>
    /// <param name="installed">Whether it is installed.</param>
    public static bool IsContainer(bool installed) =>
        Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" => !installed,
            "installed" => false,
            "containers" => true,
            var other => throw new InvalidOperationException(
                $"{Variable} is 'installed' or 'containers', not '{other}'. Unset, an installed server is used where there is one."
            ),
        };

    /// <summary>The engine that a server runs in.</summary>
    /// <param name="server">What is to run there.</param>
    /// <param name="package">The Debian package that would do as well.</param>
    /// <exception cref="InvalidOperationException">There is none; the message names the ways out.</exception>
    public static async Task<ContainerEngine> EngineAsync(string server, string package)
    {
        try
        {
            return await ContainerEngine.SharedAsync();
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException(
                $"This test needs {server}. Install it (apt-get install --no-install-recommends {package}), or start a container engine "
                    + $"such as Docker, which is used then. {e.Message}",
                e
            );
        }
    }
}
