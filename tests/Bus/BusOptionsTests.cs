using Integration.Fixtures;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.Tests;

public sealed class BusOptionsTests
{
    [Theory]
    [InlineData("http://localhost:5672/")]
    [InlineData("amqp://localhost/a/b")]
    [InlineData("amqp://localhost/?heartbeat=5")]
    public void An_address_that_cannot_be_a_broker_is_refused_with_the_name_of_the_setting(string uri)
    {
        var refused = Should.Throw<ArgumentException>(() => Create(new BusOptions { Uri = new Uri(uri) }));

        refused.Message.ShouldStartWith("Bus__Uri");
        refused.Message.ShouldContain("amqp://");
    }

    [Fact]
    public void A_relative_address_is_refused()
    {
        var options = new BusOptions { Uri = new Uri("rabbitmq", UriKind.Relative) };

        Should.Throw<ArgumentException>(() => Create(options)).Message.ShouldStartWith("Bus__Uri");
    }

    [Fact]
    public void A_refusal_does_not_repeat_the_password()
    {
        var options = new BusOptions { Uri = new Uri("http://user:secret@localhost/") };

        Should.Throw<ArgumentException>(() => Create(options)).Message.ShouldNotContain("secret");
    }

    [Fact]
    public void Impossible_times_and_adapters_are_refused_with_the_name_of_the_setting()
    {
        Refused(new BusOptions { ConfirmTimeout = TimeSpan.Zero })
            .ShouldBe("Bus__ConfirmTimeout must be 100 milliseconds or more, e.g. 00:00:10.");
        Refused(new BusOptions { ReconnectDelay = TimeSpan.Zero })
            .ShouldBe("Bus__ReconnectDelay must be more than zero, e.g. 00:00:05.");
        Refused(new BusOptions { Transport = "Pigeon" })
            .ShouldBe("Bus__Transport is \"Pigeon\"; it must be one of RabbitMq, InMemory, MassTransit.");
    }

    [Fact]
    public async Task In_memory_no_address_is_needed()
    {
        var options = new BusOptions { Transport = BusTransport.InMemory, Uri = new Uri("http://ignored/") };

        await using var bus = Buses.Create(options);

        bus.State.ShouldBe(BusState.Connecting);
    }

    [Theory]
    [InlineData("inmemory")]
    [InlineData("INMEMORY")]
    public async Task An_adapter_is_found_by_its_name_in_any_case(string transport)
    {
        await using var bus = Buses.Create(new BusOptions { Transport = transport });

        await bus.StartAsync(TestContext.Current.CancellationToken);

        bus.State.ShouldBe(BusState.Connected);
    }

    [Fact]
    public void An_adapter_that_the_host_has_not_is_refused_with_what_there_is_and_what_to_set_or_to_reference()
    {
        var options = new BusOptions { Transport = BusTransport.MassTransit };

        var refused = Should
            .Throw<ArgumentException>(() => BusFactory.Create(options, "tests", new LogLines(), TimeProvider.System))
            .Message;

        refused.ShouldStartWith("Bus__Transport is \"MassTransit\"; it must be one of RabbitMq, InMemory.");
        refused.ShouldContain("shared/Bus.MassTransit");
        refused.ShouldContain("AddMassTransitTransport");
    }

    [Fact]
    public async Task A_host_has_the_adapters_that_it_registers_under_their_own_names()
    {
        var options = new BusOptions { Transport = "pigeon" };

        await using var bus = BusFactory.Create(options, "tests", new LogLines(), TimeProvider.System, new Pigeons());
        await bus.StartAsync(TestContext.Current.CancellationToken);

        bus.State.ShouldBe(BusState.Connected);
    }

    private sealed class Pigeons : IBusTransport
    {
        public string Name => "Pigeon";

        public IBus Create(BusOptions options, string service, ILoggerFactory logging, TimeProvider time) =>
            BusFactory.Create(new BusOptions { Transport = BusTransport.InMemory }, service, logging, time);
    }

    private static string Refused(BusOptions options) => Should.Throw<ArgumentException>(() => Create(options)).Message;

    private static void Create(BusOptions options) => Buses.Create(options);
}
