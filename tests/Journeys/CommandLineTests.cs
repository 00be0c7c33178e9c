namespace Integration.Journeys.Tests;

/// <summary>What a service says on its command line, and how it refuses a setting that cannot work.</summary>
public sealed class CommandLineTests(Broker broker)
{
    public static TheoryData<string> Services => ["ProcessCore", "ErrorTreatment", "Rest"];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Help_lists_every_setting_with_its_default_value(string service)
    {
        var (code, text) = await RunAsync(service, Nothing, "--help");

        code.ShouldBe(0, text);
        foreach (var setting in new[] { "Urls", "Bus__Uri", "Bus__Transport", "Storage__ConnectionString" })
            text.ShouldContain(setting);
        text.ShouldContain("The default value is amqp://guest:guest@localhost:5672/");
        text.ShouldContain("--health-check");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Version_is_one_line(string service)
    {
        var (code, text) = await RunAsync(service, Nothing, "--version");

        code.ShouldBe(0, text);
        Version.TryParse(text.Trim().Split('-')[0], out _).ShouldBeTrue(text);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_health_check_tells_whether_the_service_beside_it_lives(string service)
    {
        await using var system = new Deployment(broker.TakeVirtualHost());
        var process = await system.StartAsync(service);

        (await CheckHealthAsync(service, process.Url)).ShouldBe(0);
        await process.StopAsync();
        (await CheckHealthAsync(service, process.Url)).ShouldBe(1);
    }

    [Fact]
    public async Task An_operation_can_be_tried_without_broker_and_database()
    {
        await using var shop = await Shop.OpenAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Egress__AllowLoopback"] = "true" };

        var (code, text) = await RunAsync(
            "Rest",
            settings,
            "--try",
            "rest.request",
            $$"""{"url": "{{shop.Url}}prices/lamp"}"""
        );

        code.ShouldBe(0, text);
        text.ShouldContain("task.completed");
        text.ShouldContain("\"price\": 7");
    }

    [Theory]
    [InlineData("ProcessCore", "Core__TaskDeadline", "00:00:00", "Core__TaskDeadline")]
    [InlineData("ProcessCore", "Core__Name", "Core.One", "Core__Name")]
    [InlineData("ErrorTreatment", "Treatment__Prefetch", "0", "Treatment__Prefetch")]
    [InlineData("ErrorTreatment", "Treatment__Connectivity__Jitter", "2", "Treatment__Connectivity__Jitter")]
    [InlineData("Rest", "Rest__Retries", "11", "Wrong setting: Rest__Retries must be between 0 and 10.\n")]
    [InlineData(
        "Rest",
        "Targets__CallsAtOnce",
        "0",
        "Wrong setting: Targets__CallsAtOnce must be between 1 and 10000.\n"
    )]
    [InlineData(
        "Rest",
        "Bus__ReconnectDelay",
        "00:00:00",
        "Wrong setting: Bus__ReconnectDelay must be more than zero, e.g. 00:00:05.\n"
    )]
    [InlineData("Rest", "Egress__Allow", "http://shop", "Egress__Allow")]
    [InlineData("Rest", "Pipeline__Prefetch", "many", "Pipeline__Prefetch is \"many\"")]
    [InlineData("Rest", "Bus__Uri", "http://127.0.0.1", "Bus__Uri")]
    [InlineData("Rest", "Bus__Transport", "Kafka", "Bus__Transport is \"Kafka\"")]
    [InlineData(
        "Rest",
        "Bus__Transport",
        "MassTransit",
        "This service was built without MassTransit. RabbitMq works on"
    )]
    [InlineData("Rest", "Storage__Provider", "Oracle", "Storage__Provider is \"Oracle\"")]
    [InlineData("Rest", "Storage__ConnectionString", "nonsense", "Storage")]
    public async Task A_wrong_setting_is_named_and_the_exit_code_is_2(
        string service,
        string setting,
        string value,
        string named
    )
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { [setting] = value };

        var (code, text) = await RunAsync(service, settings);

        code.ShouldBe(2, text);
        text.ShouldContain("Wrong setting:");
        text.ShouldContain(named);
        text.ShouldNotContain("   at ", Case.Sensitive, "a stack trace helps nobody here");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_value_that_does_not_fit_is_told_with_what_does(string service)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Bus__ConfirmTimeout"] = "soon",
            ["Bus__Uri"] = "amqp://user:s3cret@broker:port/",
            ["Storage__Provider__Name"] = "Sqlite",
        };

        var (code, text) = await RunAsync(service, settings);

        code.ShouldBe(2, text);
        text.ShouldContain("Wrong setting: Bus__ConfirmTimeout is \"soon\"; it must be a time span");
        text.ShouldContain("Wrong setting: Bus__Uri is wrong; it must be an address");
        text.ShouldNotContain("s3cret");
        text.ShouldNotContain("System.");
        text.ShouldNotContain("   at ");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_health_check_names_an_option_that_there_is_not(string service)
    {
        var (code, text) = await RunAsync(service, Nothing, "--health-check", "--bogus");

        code.ShouldBe(2, text);
        text.ShouldContain("There is no option '--bogus'");
    }

    public static TheoryData<string> All => [.. ServiceRow.All.Select(row => row.Folder)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_option_that_there_is_not_is_named_and_the_service_does_not_start(string service)
    {
        var (code, text) = await RunAsync(service, Nothing, "--bogus");

        code.ShouldBe(2, text);
        text.ShouldContain("There is no option '--bogus'");
        text.ShouldContain("--help");
    }

    private static async Task<(int Code, string Text)> RunAsync(
        string service,
        IReadOnlyDictionary<string, string> settings,
        params string[] arguments
    )
    {
        await using var process = ServiceProcess.Launch(service, settings, port: null, arguments);
        return (await process.Ended.WaitAsync(Api.Patience), process.Log);
    }

    private static async Task<int> CheckHealthAsync(string service, Uri url)
    {
        await using var process = ServiceProcess.Launch(service, Nothing, url.Port, "--health-check");
        return await process.Ended.WaitAsync(Api.Patience);
    }

    private static IReadOnlyDictionary<string, string> Nothing { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
