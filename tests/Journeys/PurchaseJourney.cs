using System.Text;
using Integration.Clients;

namespace Integration.Journeys.Tests;

/// <summary>One process that uses all six integration services, each a process of its own beside the system that it calls.</summary>
[Collection(Alone.Name)]
public sealed class PurchaseJourney(Broker broker, Surroundings around) : IClassFixture<Surroundings>
{
    private static readonly string[] _services = ["Ldap", "Sql", "Soap", "Rest", "S3", "Mail"];

    [Fact]
    public async Task A_purchase_goes_through_directory_database_soap_rest_object_store_and_mail()
    {
        await using var system = new Deployment(broker.TakeVirtualHost());
        await StartAsync(system);

        var reference = NewReference();
        var id = await BuyAsync(system, reference);

        var instance = await system.Core.CompletedAsync(id);
        instance.Variables.GetProperty("name").GetString().ShouldBe("Ada Lovelace");
        instance.Variables.GetProperty("orderId").GetInt64().ShouldBe(1001);
        (await system.Treatment.FailuresAsync()).ShouldBeEmpty();
        await EachSystemHasItOnceAsync(instance, reference);
    }

    [Fact]
    public async Task Whichever_services_are_away_the_purchase_waits_and_goes_on_when_they_are_there()
    {
        await using var system = new Deployment(broker.TakeVirtualHost());
        var services = await StartAsync(system);
        await Task.WhenAll(services.Select(service => service.StopAsync()));

        var reference = NewReference();
        var id = await BuyAsync(system, reference);
        foreach (var service in _services)
        {
            (await system.Core.InstanceAsync(id)).State.ShouldBe("running");
            await system.StartAsync(service, around.Settings[service]);
        }

        var instance = await system.Core.CompletedAsync(id);
        (await system.Treatment.FailuresAsync()).ShouldBeEmpty();
        await EachSystemHasItOnceAsync(instance, reference);
    }

    private async Task<IReadOnlyList<ServiceProcess>> StartAsync(Deployment system)
    {
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("ErrorTreatment"));
        var services = await Task.WhenAll(
            _services.Select(service => system.StartAsync(service, around.Settings[service]))
        );
        await system.Core.DeployAsync(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "purchase.bpmn"))
        );
        return services;
    }

    private static string NewReference() => $"purchase-{Guid.NewGuid():N}";

    private Task<string> BuyAsync(Deployment system, string reference) =>
        system.Core.StartAsync(
            "purchase",
            new
            {
                buyer = "ada",
                article = "lamp",
                pieces = 2,
                carrier = $"{around.Carrier.Uri}",
                reference,
            },
            reference
        );

    // Looked at from the other side: each system by its own means, and not by our services.
    private async Task EachSystemHasItOnceAsync(Instance instance, string reference)
    {
        var message = instance.Variables.GetProperty("messageId").GetString()!;
        (await around.PurchasesAsync()).Count(line => line == $"(1001,ada,19,{message})").ShouldBe(1);
        around
            .Carrier.Requests.Where(request => request.Body.Contains(reference, StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .Target.ShouldBe("/deliveries/1001");
        (await around.Store.ReadAsync(Surroundings.Bucket, $"{reference}.txt")).ShouldBe(Confirmation);
        var mails = await around.Mail.MailsAsync("ada");
        var mail = mails
            .Select(Encoding.UTF8.GetString)
            .Where(mail => mail.Contains(message, StringComparison.Ordinal))
            .ShouldHaveSingleItem();
        mail.ShouldContain("Subject: Your order 1001");
        mail.ShouldContain("confirmation.txt");
        mail.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Confirmation))[..60]);
    }

    private const string Confirmation = "Order 1001 of Ada Lovelace: 2 × A-1, parcel P-1001";
}
