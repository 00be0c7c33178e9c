namespace Integration.Fixtures;

/// <summary>Where RabbitMQ is installed.</summary>
internal static class RabbitMqInstallation
{
    private const string Library = "/usr/lib/rabbitmq/lib";

    /// <summary>
    /// The server script in RabbitMQ's own folder. The one on the path is a wrapper that switches to another user and to
    /// the system's folders.
    /// </summary>
    public static string ServerScript() =>
        Releases().Select(release => Path.Combine(release, "sbin", "rabbitmq-server")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            "This test needs a RabbitMQ server. Install it with: apt-get install --no-install-recommends rabbitmq-server"
        );

    private static IEnumerable<string> Releases() =>
        Directory.Exists(Library)
            ? Directory.EnumerateDirectories(Library, "rabbitmq_server-*").OrderDescending(StringComparer.Ordinal)
            : [];
}
