using Integration.Hosting;
using Integration.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Journeys.Tests.Asking;

/// <summary>The service with the operation that asks, on the journey's broker, with a database that outlives it.</summary>
public sealed class Buyer(Uri broker) : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new("buyer");
    private WebApplication? _app;

    public async Task StartAsync()
    {
        _app = IntegrationService.Create(
            [
                "--urls=http://127.0.0.1:0",
                $"--Bus:Uri={broker}",
                $"--Storage:ConnectionString=Data Source={_data.Combine("buyer.db")}",
            ],
            new ServiceDescription("buyer"),
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.AddOperation<Buy>();
            }
        );
        await _app.StartAsync();
        await _app.Services.GetRequiredService<Readiness>().WaitAsync(CancellationToken.None).WaitAsync(Api.Patience);
    }

    public async Task StopAsync()
    {
        if (_app is null)
            return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _data.Dispose();
    }
}
