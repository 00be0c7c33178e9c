using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Sdk.Tests;

/// <summary>The sample operations in the harness, with the external system that they call.</summary>
public static class SampleService
{
    public static Task<ServiceHarness> StartAsync(ExternalSystem? external = null, params string[] args) =>
        StartAsync(external, time: null, args);

    public static Task<ServiceHarness> StartAsync(ExternalSystem? external, TimeProvider? time, params string[] args) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                if (time is not null)
                    builder.Services.AddSingleton(time);
                builder.Services.AddSingleton(external ?? new ExternalSystem());
                builder
                    .AddOperation<Greet>()
                    .AddOperation<Store>()
                    .AddOperation<Pay>()
                    .AddOperation<Big>()
                    .AddOperation<Call>();
            },
            args
        );
}
