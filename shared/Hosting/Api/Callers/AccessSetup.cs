using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>Who may call: everything that decides it, in one place.</summary>
internal static class AccessSetup
{
    /// <summary>Registers access control; a route that does not say who may call it is closed.</summary>
    public static void AddApiAccess(this WebApplicationBuilder builder)
    {
        builder.AddSettings<JwtOptions>(JwtOptions.Section);
        // Every 401 and 403 would be a line; FailedAttempts says what matters.
        builder.Logging.AddFilter(typeof(CallerHandler).FullName, LogLevel.Warning);
        var services = builder.Services;
        services.AddSingleton(TokenSchema.Migrations);
        foreach (var argument in TokenCommand.Arguments)
            services.AddSingleton(argument);
        services.AddSingleton<TokenStore>();
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<OpenDoor>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<RefusalCounter>();
        services.AddComponent<StartCheck>();

        // Not AddAuthentication, which makes keys for cookies and writes them to a folder: there are none here.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = CallerHandler.Scheme);
        services.AddWebEncoders();
        var schemes = new AuthenticationBuilder(services);
        schemes.AddScheme<AuthenticationSchemeOptions, CallerHandler>(CallerHandler.Scheme, configureOptions: null);
        if (!string.IsNullOrEmpty(builder.Configuration[$"{JwtOptions.Section}:{nameof(JwtOptions.Authority)}"]))
            schemes.AddProvider();

        services.AddAuthorization(authorization =>
        {
            foreach (var role in Enum.GetValues<ApiRole>())
                authorization.AddPolicy(role.Name(), policy => policy.AddRequirements(new RoleRequirement(role)));
            authorization.FallbackPolicy = new AuthorizationPolicyBuilder()
                .RequireAuthenticatedUser()
                .AddRequirements(new NoRouteRequirement())
                .Build();
        });
    }

    private static void AddProvider(this AuthenticationBuilder schemes)
    {
        schemes.Services.AddSingleton<IAuthenticationConfigurationProvider, NoSchemesInSettings>();
        schemes.AddJwtBearer(CallerHandler.Jwt, configureOptions: _ => { });
        schemes
            .Services.AddOptions<JwtBearerOptions>(CallerHandler.Jwt)
            .Configure<IOptions<JwtOptions>>(
                (jwt, options) =>
                {
                    jwt.Authority = options.Value.Authority;
                    jwt.Audience = options.Value.Audience;
                    // The validation of the setting takes http on loopback only.
                    jwt.RequireHttpsMetadata = false;
                    // Claims are called what the provider calls them.
                    jwt.MapInboundClaims = false;
                    jwt.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
                    jwt.BackchannelTimeout = TimeSpan.FromSeconds(10);
                    // Asked before the JWT is looked at: without the provider's keys every one would seem to be forged.
                    jwt.Events = new JwtBearerEvents { OnMessageReceived = KeysAreThereAsync };
                }
            );
    }

    private static async Task KeysAreThereAsync(MessageReceivedContext context)
    {
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new CallerUnverifiableException(
                $"The OpenID provider {context.Options.Authority} does not answer.",
                e
            );
        }
    }

    // Which schemes there are stands in the code.
    private sealed class NoSchemesInSettings : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }
}
