using System.Net.Http.Headers;
using System.Text;
using Integration.Bus;
using Integration.Bus.MassTransit;
using Integration.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Integration.Repository.Tests.Deployment;

/// <summary>A real broker with the users, permissions, exchanges and queues of deploy/rabbitmq.</summary>
public class DefinedBroker(RabbitMqRelease release) : IAsyncLifetime
{
    private readonly RabbitMqServer _server = new()
    {
        Release = release,
        Management = true,
        VirtualHosts = 0,
    };

    /// <summary>Of every user that the compose file knows, those for a person's tools included.</summary>
    public Dictionary<string, string> Passwords { get; } = Programs.Passwords();

    /// <summary>An administrator's address, as the tests need one.</summary>
    public Uri Administrator => _server.Uri;

    /// <summary>The environment in which <c>rabbitmqctl</c>, or a script that calls it, reaches the broker.</summary>
    public IReadOnlyDictionary<string, string> Control => _server.Control;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await ImportAsync(await InitialAsync());
    }

    /// <summary>What is imported at the start.</summary>
    protected virtual Task<string> InitialAsync() => DefinitionsAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public Task<string> DefinitionsAsync() => Programs.RunAsync(Passwords, "bash", "deploy/rabbitmq/definitions.sh");

    public async Task ImportAsync(string definitions)
    {
        using var management = Management("guest", "guest");
        await Eventually.PassesAsync(async () =>
        {
            using var content = new StringContent(definitions, Encoding.UTF8, "application/json");
            using var answer = await management.PostAsync(
                new Uri("api/definitions", UriKind.Relative),
                content,
                Cancellation
            );
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(Cancellation));
        });
    }

    public HttpClient Management(string user, string password)
    {
        var client = new HttpClient { BaseAddress = _server.ManagementUri };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))
        );
        return client;
    }

    public string PasswordOf(string user) =>
        Passwords[$"RABBITMQ_{user.ToUpperInvariant().Replace('-', '_')}_PASSWORD"];

    public Uri AddressOf(string user) =>
        new UriBuilder(_server.Uri) { UserName = user, Password = PasswordOf(user) }.Uri;

    public Task<IConnection> ConnectAsync(string user) => ConnectAsync(AddressOf(user));

    public static Task<IConnection> ConnectAsync(Uri address) =>
        new ConnectionFactory { Uri = address }.CreateConnectionAsync(Cancellation);

    internal IBus Bus(string user, string transport = BusTransport.RabbitMq) =>
        BusFactory.Create(
            new BusOptions { Uri = AddressOf(user), Transport = transport },
            user,
            NullLoggerFactory.Instance,
            TimeProvider.System,
            new MassTransitTransport()
        );
}

/// <summary>RabbitMQ 3.10.</summary>
public sealed class DefinedBroker3() : DefinedBroker(RabbitMqRelease.Installed);

/// <summary>RabbitMQ 4.</summary>
public sealed class DefinedBroker4() : DefinedBroker(RabbitMqRelease.Four);
