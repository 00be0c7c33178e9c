using Integration.Hosting;

namespace Integration.Standalone.Running;

/// <summary>One of the servers in this process.</summary>
internal sealed record LocalService(string Name, int Port, WebApplication App)
{
    /// <summary>Where it listens, once started.</summary>
    public Uri Address => new(App.Urls.First());

    /// <summary>What to call it with, once started; null when it does not ask who calls.</summary>
    public string? Token { get; private set; }

    /// <summary>Returns when it can work.</summary>
    /// <exception cref="StartException">It cannot, and why.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await App.StartAsync(cancellation);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw StartException.PortInUse(Name, Port, e);
        }

        if (App.Services.GetService<Readiness>() is not { } readiness)
            return;
        while (!readiness.Started)
        {
            if (readiness.Failure is { } failure)
                throw new StartException($"{Name} cannot start: {failure.Message}", failure);
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
        }

        Token = await App.OwnTokenAsync("standalone", cancellation);
    }
}
