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

        refused.Message.ShouldStartWith("Bus:Uri");
        refused.Message.ShouldContain("amqp://");
    }

    [Fact]
    public void A_relative_address_is_refused()
    {
        var options = new BusOptions { Uri = new Uri("rabbitmq", UriKind.Relative) };

        Should.Throw<ArgumentException>(() => Create(options)).Message.ShouldStartWith("Bus:Uri");
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
        Refused(new BusOptions { ConfirmTimeout = TimeSpan.Zero }).ShouldStartWith("Bus:ConfirmTimeout");
        Refused(new BusOptions { ReconnectDelay = TimeSpan.Zero }).ShouldStartWith("Bus:ReconnectDelay");
        Refused(new BusOptions { Transport = (BusTransport)17 }).ShouldStartWith("Bus:Transport");
    }

    [Fact]
    public async Task In_memory_no_address_is_needed()
    {
        var options = new BusOptions { Transport = BusTransport.InMemory, Uri = new Uri("http://ignored/") };

        await using var bus = BusFactory.Create(options, "tests", new TestLog(), TimeProvider.System);

        bus.State.ShouldBe(BusState.Connecting);
    }

    private static string Refused(BusOptions options) => Should.Throw<ArgumentException>(() => Create(options)).Message;

    private static void Create(BusOptions options) =>
        BusFactory.Create(options, "tests", new TestLog(), TimeProvider.System);
}
