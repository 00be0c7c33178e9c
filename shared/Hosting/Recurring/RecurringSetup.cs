using Microsoft.Extensions.DependencyInjection;

namespace Integration.Hosting;

/// <summary>Registers work that repeats.</summary>
public static class RecurringSetup
{
    /// <summary>Repeats <typeparamref name="TWork"/> while the service runs; it starts and stops in the order of components.</summary>
    public static IServiceCollection AddRecurring<TWork>(this IServiceCollection services)
        where TWork : class, IRecurringWork
    {
        services.AddSingleton<TWork>();
        return services.AddComponent<Recurring<TWork>>();
    }
}
