using System.Net.Http.Json;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.ErrorTreatment.Tests;

/// <summary>The whole service on a loopback port with a file as its database.</summary>
internal sealed class RunningTreatment : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;

    private RunningTreatment(WebApplication app, TestBus bus, TemporaryFolder folder, bool ownsFolder)
    {
        App = app;
        Bus = bus;
        _folder = folder;
        _ownsFolder = ownsFolder;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public WebApplication App { get; }
    public TestBus Bus { get; }
    public HttpClient Client { get; }

    /// <summary>Starts it; retries come after milliseconds unless <paramref name="settings"/> say otherwise.</summary>
    public static async Task<RunningTreatment> StartAsync(
        string[]? settings = null,
        TemporaryFolder? folder = null,
        Uri? broker = null,
        IBus? bus = null,
        Action<IServiceCollection>? configure = null
    )
    {
        var own = folder is null;
        folder ??= new TemporaryFolder("treatment");
        var testBus = new TestBus();
        string[] args =
        [
            "--Urls=http://127.0.0.1:0",
            $"--Storage:ConnectionString=Data Source={folder.Combine("treatment.db")}",
            "--Logging:LogLevel:Default=Error",
            "--Treatment:Connectivity:Delay=00:00:00.050",
            "--Treatment:Connectivity:Retries=2",
            "--Treatment:Internal:Delay=00:00:00.050",
            .. broker is null ? Array.Empty<string>() : [$"--Bus:Uri={broker}"],
            .. settings ?? [],
        ];
        var app = ErrorTreatmentService.Create(
            args,
            builder =>
            {
                if (broker is null)
                    builder.Services.AddSingleton(bus ?? testBus);
                configure?.Invoke(builder.Services);
            }
        );
        await app.StartAsync();
        var running = new RunningTreatment(app, testBus, folder, own);
        await Eventually.TrueAsync(async () => (await running.Client.GetAsync("/health/ready")).IsSuccessStatusCode);
        return running;
    }

    /// <summary>Hands over an event as it would come from the bus.</summary>
    public Task<Settlement> TakeAsync(TaskErrored errored) =>
        Bus.DeliverAsync("integration.error-treatment", Messages.Of(errored));

    public EventMessages Messages { get; } = new("test", TimeProvider.System);

    /// <summary>A failure that waits for an operator; returns its id.</summary>
    public async Task<string> ParkAsync(string taskId)
    {
        (await TakeAsync(Events.Errored(Events.Task(taskId), Events.Access))).ShouldBe(Settlement.Acknowledge);
        return (await ListAsync($"q={taskId}")).GetProperty("failures")[0].GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> ListAsync(string query = "") =>
        await Client.GetFromJsonAsync<JsonElement>($"/failures?{query}");

    public async Task<JsonElement> ShowAsync(string id) =>
        await Client.GetFromJsonAsync<JsonElement>($"/failures/{id}");

    /// <summary>The only failure that is found by a text, or null.</summary>
    public async Task<JsonElement?> FindAsync(string text)
    {
        var found = (await ListAsync($"q={Uri.EscapeDataString(text)}")).GetProperty("failures");
        return found.GetArrayLength() == 0 ? null : found[0];
    }

    public async Task<string?> StateAsync(string text) => (await FindAsync(text))?.GetProperty("state").GetString();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        if (_ownsFolder)
            _folder.Dispose();
    }
}
