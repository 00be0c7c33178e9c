using System.Text.Json.Nodes;
using Integration.Hosting;

namespace Integration.Standalone.Samples;

/// <summary>The external systems that the sample processes call: small HTTP servers on one loopback port.</summary>
internal static class SampleSystems
{
    /// <summary>Builds them; the caller starts and stops them.</summary>
    /// <param name="port">On loopback; 0 takes a free one.</param>
    /// <param name="time">For the ledger.</param>
    public static WebApplication Create(int port, TimeProvider? time = null) =>
        Create($"http://127.0.0.1:{port}", time);

    /// <summary>Builds them; the caller starts and stops them.</summary>
    /// <param name="url">Where they listen.</param>
    /// <param name="time">For the ledger.</param>
    public static WebApplication Create(string url, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.AddApiGuard();
        builder.Services.AddSingleton(new Ledger(time ?? TimeProvider.System));

        var systems = builder.Build();
        // They are as close to a page in the browser as the services are.
        systems.UseCallerGuard();
        BlackList.Map(systems.MapGroup("/black-list"));
        ApplicantRegister.Map(systems.MapGroup("/register"));
        BorrowingCapacity.Map(systems.MapGroup("/capacity"));
        CreditBureau.Map(systems.MapGroup("/bureau"));
        ViaCep.Map(systems.MapGroup("/viacep"));
        Invoicing.Map(systems.MapGroup("/invoicing"));
        Carrier.Map(systems.MapGroup("/carrier"));
        Warehouse.Map(systems.MapGroup("/warehouse"));
        systems.MapGet("/ledger", (Ledger ledger) => new { effects = ledger.Effects });
        return systems;
    }

    /// <summary>Where they listen, once started.</summary>
    public static Uri Address(this WebApplication systems) => new(systems.Urls.First());

    /// <summary>The variable <c>systems</c> of the sample processes: the base address of each.</summary>
    public static JsonObject Addresses(Uri address)
    {
        var root = address.GetLeftPart(UriPartial.Authority);
        return new JsonObject
        {
            ["blackList"] = $"{root}/black-list",
            ["register"] = $"{root}/register",
            ["capacity"] = $"{root}/capacity",
            ["bureau"] = $"{root}/bureau",
            ["viaCep"] = $"{root}/viacep",
            ["invoicing"] = $"{root}/invoicing",
            ["carrier"] = $"{root}/carrier",
            ["warehouse"] = $"{root}/warehouse",
        };
    }
}
