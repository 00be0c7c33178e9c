using Integration.Hosting;
using Integration.Sdk.Tests.Asking;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Sdk.Tests;

/// <summary>What a person gets who starts a service by hand.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Help_lists_every_setting_with_its_meaning_and_default()
    {
        var (code, output, _) = await RunAsync("--help");

        code.ShouldBe(0);
        output.ShouldContain("Bus__Uri");
        output.ShouldContain("The default value is amqp://guest:guest@localhost:5672/.");
        output.ShouldContain("Pipeline__Prefetch");
        output.ShouldContain("Tasks in work at once, for each pipe. The default value is 128.");
        output.ShouldContain("--try OPERATION[:VERSION] INPUTS");
        output.ShouldContain("Exit codes:");
    }

    [Theory]
    [InlineData("--Pipeline:Prefetch=0", "Pipeline__Prefetch must be between 1 and 10000.")]
    [InlineData(
        "--Pipeline:Prefetch=many",
        "Pipeline__Prefetch is \"many\"; it must be a whole number from -2147483648 to 2147483647."
    )]
    [InlineData("--Pipeline:Prefetch=1.5", "Pipeline__Prefetch is \"1.5\"; it must be a whole number")]
    [InlineData("--Pipeline:Prefetch=99999999999", "Pipeline__Prefetch is \"99999999999\"; it must be a whole number")]
    [InlineData("--Pipeline:Prefetch=", "Pipeline__Prefetch is \"\"; it must be a whole number")]
    [InlineData("--Pipeline:ExecutionLimit=soon", "Pipeline__ExecutionLimit is \"soon\"; it must be a time span")]
    [InlineData("--Pipeline:ExecutionLimit=00:61:00", "with days before them such as 1.00:00:00.")]
    [InlineData("--Bus:Transport=Pigeon", "Bus__Transport is \"Pigeon\"; it must be one of RabbitMq, InMemory.")]
    [InlineData("--Bus:Transport=7", "Bus__Transport is \"7\"; it must be one of RabbitMq, InMemory.")]
    [InlineData("--Storage:Provider=Oracle", "Storage__Provider is \"Oracle\"; it must be one of Sqlite, PostgreSql.")]
    [InlineData("--Bus:Uri=amqp://user:s3cret@broker:port/", "Bus__Uri is wrong; it must be an address")]
    [InlineData(
        "--Bus:Uri:Host=broker",
        "Bus__Uri has one value, and there is nothing below it such as Bus__Uri__Host."
    )]
    [InlineData("--Targets:Named=5", "Targets__Named has no value of its own. Write Targets__Named__NAME__")]
    [InlineData("--Targets:Named:shop=5", "Targets__Named__shop has no value of its own. Write Targets__Named__shop__")]
    [InlineData("--urls=nonsense", "Urls has \"nonsense\"; it must be http://ADDRESS:PORT")]
    [InlineData("--urls=http://127.0.0.1:0;ftp://127.0.0.1", "Urls has \"ftp://127.0.0.1\"")]
    [InlineData("--Logging:LogLevel:Default=Chatty", "It must be one of Trace, Debug, Information")]
    public async Task A_wrong_setting_ends_the_service_with_its_name(string argument, string message)
    {
        var (code, _, error) = await RunAsync("--Bus:Transport=InMemory", argument);

        code.ShouldBe(2, error);
        error.ShouldStartWith("Wrong setting: ");
        error.ShouldContain(message);
        error.ShouldNotContain("s3cret");
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var (code, _, error) = await RunAsync(
            "--Bus:Transport=InMemory",
            "--Pipeline:Prefetch=many",
            "--Pipeline:ExecutionLimit=soon",
            "--Targets:Named=5"
        );

        code.ShouldBe(2);
        error.ShouldContain("Wrong setting: Pipeline__Prefetch");
        error.ShouldContain("Wrong setting: Pipeline__ExecutionLimit");
        error.ShouldContain("Wrong setting: Targets__Named");
        error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("--health-check", "--bogus")]
    [InlineData("--bogus", "--health-check")]
    [InlineData("--health-check", "--Pipelin:Prefetch=5")]
    public async Task The_health_check_names_an_option_that_there_is_not(params string[] args)
    {
        var (code, _, error) = await RunAsync(args);

        code.ShouldBe(2);
        error.ShouldStartWith("There is no option '--");
    }

    [Theory]
    [InlineData("--try", "--bogus")]
    [InlineData("--try", "sample.greet", "--bogus")]
    public async Task Try_names_an_option_that_stands_in_the_wrong_place(params string[] args)
    {
        var (code, _, error) = await RunAsync(args);

        code.ShouldBe(2);
        error.ShouldContain("'--bogus' is where the operation and its inputs belong. Usage: --try");
    }

    [Theory]
    [InlineData("--bogus", "--bogus")]
    [InlineData("--bogus=1", "--bogus")]
    [InlineData("bogus", "bogus")]
    [InlineData("-x", "-x")]
    [InlineData("--Pipelin:Prefetch=5", "--Pipelin:Prefetch")]
    [InlineData("--Pipeline:Prefetsh=5", "'--Pipeline:Prefetsh'; 'Pipeline' has ")]
    [InlineData("--Pipeline__Prefetsh=5", "'--Pipeline__Prefetsh'; 'Pipeline' has Pipeline__Prefetch, ")]
    [InlineData("--Pipeline:Prefetch", "'--Pipeline:Prefetch' has no value")]
    public async Task An_option_that_there_is_not_ends_the_service_with_its_name_and_what_there_is(
        string argument,
        string message
    )
    {
        foreach (
            var args in new string[][]
            {
                ["--Bus:Transport=InMemory", argument],
                [argument, "--Bus:Transport=InMemory"],
                ["--try", "sample.greet", """{"name": "Ada"}""", argument],
            }
        )
        {
            var (code, output, error) = await RunAsync(args);

            code.ShouldBe(2, error);
            output.ShouldBeEmpty();
            error.ShouldContain(message);
            if (!message.Contains("no value", StringComparison.Ordinal))
            {
                error.ShouldContain("--help");
                error.ShouldContain("--try");
                error.ShouldContain("--Section__Name=");
            }

            error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("--Pipeline:Prefetch=0", "Pipeline__Prefetch must be between 1 and 10000.")]
    [InlineData("--Pipeline:Prefetch=many", "Pipeline__Prefetch")]
    [InlineData("--Pipeline__Prefetch=many", "Pipeline__Prefetch is \"many\"")]
    [InlineData("--Bus:Transport=Pigeon", "Bus__Transport")]
    [InlineData("--Storage__Provider=PostgreSql", "Storage__ConnectionString")]
    public async Task Try_with_a_wrong_setting_says_so_in_a_line(string argument, string message)
    {
        var (code, _, error) = await RunAsync("--try", "sample.greet", """{"name": "Ada"}""", argument);

        code.ShouldBe(2);
        error.ShouldContain("Wrong setting");
        error.ShouldContain(message);
        error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task What_is_printed_for_people_has_no_escapes_that_JSON_does_not_need()
    {
        const string name = "O'Neill + Müller <x>";

        var (_, output, _) = await RunAsync("--try", "sample.greet", $$"""{"name": "{{name}}"}""");

        output.ShouldContain(name);
    }

    [Fact]
    public async Task Without_inputs_nothing_is_tried_and_the_examples_are_shown()
    {
        var (code, output, error) = await RunAsync("--try", "sample.greet");

        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain("sample.greet needs inputs, and has no examples.");
    }

    [Fact]
    public async Task Try_runs_one_task_and_prints_its_answer()
    {
        var (code, output, error) = await RunAsync("--try", "sample.greet", """{"name": "Ada"}""");

        code.ShouldBe(0, error);
        output.ShouldContain("task.completed");
        output.ShouldContain("Hello, Ada!");
    }

    [Fact]
    public async Task Try_goes_on_with_the_answers_of_operations_of_the_same_service()
    {
        var (code, output, error) = await RunAsync("--try", "sample.free", "{}");

        code.ShouldBe(0, error);
        output.ShouldContain("task.completed");
        output.ShouldContain("\"runs\": 2");
    }

    [Fact]
    public async Task Try_shows_what_an_operation_asks_of_another_service()
    {
        var (code, output, error) = await RunAsync("--try", "sample.compare", """{"articles": ["lamp"]}""");

        code.ShouldBe(1);
        output.ShouldContain("task.requested");
        output.ShouldContain("stock.reserve");
        output.ShouldContain("lamp");
        error.ShouldContain("there is none here");
    }

    [Theory]
    [InlineData(1, "task.errored", "sample.greet", """{"nmae": "Ada"}""")]
    [InlineData(2, "no operation 'sample.gone'", "sample.gone", "{}")]
    [InlineData(2, "The inputs are no JSON", "sample.greet", "{")]
    [InlineData(2, "is no operation", "sample.greet:x", "{}")]
    [InlineData(2, "Usage: --try", "sample.greet")]
    public async Task Try_says_what_is_wrong(int expected, string message, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(["--try", .. arguments]);

        code.ShouldBe(expected);
        (output + error).ShouldContain(message);
    }

    private static readonly SemaphoreSlim _console = new(1);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await _console.WaitAsync();
        var (output, error) = (Console.Out, Console.Error);
        try
        {
            using var newOutput = new StringWriter();
            using var newError = new StringWriter();
            Console.SetOut(newOutput);
            Console.SetError(newError);
            var code = await IntegrationService
                .RunAsync(
                    args,
                    (rest, further) =>
                        IntegrationService.Create(
                            rest,
                            new ServiceDescription("sample"),
                            builder =>
                            {
                                builder.AddOperation<Greet>().AddOperation<Compare>().AddOperation<Free>();
                                builder.Services.AddSingleton(
                                    new FreeQuestions
                                    {
                                        Ask = (task, _, stop) =>
                                            task.AskAsync("greet", "sample.greet", 1, new { name = "Ada" }, stop),
                                    }
                                );
                                further?.Invoke(builder);
                            }
                        )
                )
                .WaitAsync(TimeSpan.FromSeconds(60));
            return (code, newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            _console.Release();
        }
    }
}
