using Integration.Contracts;
using Integration.Soap.Tests.Servers;
using Integration.Testing;

namespace Integration.Soap.Tests;

/// <summary>The service, with the WSDL of the orders and the address of a target that a test has made.</summary>
internal sealed class TargetedService : IAsyncDisposable
{
    private readonly ServiceHarness _service;

    private TargetedService(ServiceHarness service) => _service = service;

    public ServiceHarness Service => _service;

    public static async Task<TargetedService> StartAsync(SoapServers servers, Uri address, params string[] settings)
    {
        var own = settings.Where(setting => !setting.StartsWith("--", StringComparison.Ordinal));
        return new TargetedService(
            await ServiceHarness.StartAsync(
                SoapFixture.Configure,
                [
                    "--Egress:AllowLoopback=true",
                    "--Soap:RetryDelay=00:00:00.02",
                    .. SoapFixture.Of("target", servers.OrdersFile, [$"Address={address}", .. own]),
                    .. settings.Except(own),
                ]
            )
        );
    }

    public Task<TaskAnswer> CallAsync(object? timeouts = null, string? idempotencyHeader = null, int? retries = null) =>
        _service.RunAsync(
            "soap.call",
            new
            {
                service = "target",
                operation = "GetStatus",
                input = 1,
                timeouts,
                idempotencyHeader,
                retries,
            }
        );

    public async Task<ErrorInfo> ErrorAsync() => (await CallAsync()).Errored.ShouldNotBeNull().Error;

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
