using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Integration.Fixtures;

/// <summary>Files and environment of one RabbitMQ node: loopback only, nothing shared with any other node.</summary>
internal sealed class RabbitMqConfiguration(TemporaryFolder folder, int port, int? managementPort, int virtualHosts)
{
    /// <summary>
    /// A user, and its password, who may do everything but publish to <c>integration.control</c>, and bind <c>integration.inbound</c>
    /// with keys that begin with <c>start.</c>
    /// </summary>
    public const string Restricted = "restricted";

    /// <summary>Arguments for Erlang: an idle node must not spin on a machine that also runs the tests.</summary>
    public const string Quiet = "+sbwt none +sbwtdcpu none +sbwtdio none +S 1:1";

    private readonly int _distributionPort = FreePort.Next();
    private readonly int _portMapperPort = FreePort.Next();

    public string Folder => folder.Path;

    public static string VirtualHost(int number) => $"t{number}";

    public IEnumerable<KeyValuePair<string, string>> Environment =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = folder.Path,
            ["ERL_EPMD_PORT"] = $"{_portMapperPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"test{port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{port}",
            ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
            ["RABBITMQ_MNESIA_BASE"] = folder.Combine("data"),
            ["RABBITMQ_LOG_BASE"] = folder.Combine("log"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = folder.Combine("generated"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = folder.Combine("plugins"),
            ["RABBITMQ_CONFIG_FILE"] = folder.Combine("rabbitmq.conf"),
            ["RABBITMQ_PID_FILE"] = PidFile,
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = $"{Quiet} -kernel inet_dist_use_interface {{127,0,0,1}}",
        };

    private string PidFile => folder.Combine("pid");

    public string ServerPid() => File.ReadAllText(PidFile).Trim();

    public void Write()
    {
        File.Delete(PidFile);
        File.WriteAllText(folder.Combine("plugins"), managementPort is null ? "[]." : "[rabbitmq_management].");
        File.WriteAllText(folder.Combine("definitions.json"), Definitions());
        File.WriteAllText(
            folder.Combine("rabbitmq.conf"),
            $"""
            load_definitions = {folder.Combine("definitions.json")}
            {(managementPort is { } http ? $"management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {http}" : "")}
            """
        );
    }

    /// <summary>With definitions the node creates no default user and host of its own: they are defined as well.</summary>
    public string Definitions()
    {
        string[] hosts = ["/", .. Enumerable.Range(1, virtualHosts).Select(VirtualHost)];
        return JsonSerializer.Serialize(
            new
            {
                users = new[] { User("guest"), User(Restricted) },
                vhosts = hosts.Select(name => new { name }),
                permissions = hosts.SelectMany(host =>
                    new[]
                    {
                        Permission("guest", host, ".*"),
                        Permission(Restricted, host, @"^(?!integration\.control$).*"),
                    }
                ),
                topic_permissions = hosts.Select(host => new
                {
                    user = Restricted,
                    vhost = host,
                    exchange = "integration.inbound",
                    write = ".*",
                    read = @"^(?!start\.).*",
                }),
            }
        );
    }

    private static object User(string name) =>
        new
        {
            name,
            password_hash = PasswordHash(name),
            hashing_algorithm = "rabbit_password_hashing_sha256",
            tags = "administrator",
        };

    private static object Permission(string user, string vhost, string write) =>
        new
        {
            user,
            vhost,
            configure = ".*",
            write,
            read = ".*",
        };

    /// <summary>RabbitMQ's own form: a salt of four bytes, then SHA-256 over salt and password.</summary>
    private static string PasswordHash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
