using System.Text.Json;
using Integration.Soap.Commands;

namespace Integration.Soap.Tests;

/// <summary><c>--wsdl</c>: what a designer of a process sees of a WSDL.</summary>
public sealed class The_command(SoapFixture soap)
{
    [Fact]
    public async Task It_lists_the_operations_of_a_file_with_inputs_that_can_be_sent()
    {
        var (code, output, errors) = await RunAsync("--wsdl", soap.Servers.OrdersFile);
        code.ShouldBe(0, errors);
        output.ShouldContain($"WSDL {soap.Servers.OrdersFile}");
        output.ShouldContain("Service Orders (urn:orders)");
        output.ShouldContain($"Port Orders11, SOAP 1.1, {soap.Servers.Php}orders");
        output.ShouldContain($"Port Orders12, SOAP 1.2, {soap.Servers.Php}orders");
        output.ShouldContain("Faults: OrderFault");
        output.ShouldContain("--try soap.call");
        var examples = Examples(output);
        examples.Count.ShouldBe(6);
        examples[0].GetProperty("operation").GetString().ShouldBe("PlaceOrder");
        examples[0].GetProperty("port").GetString().ShouldBe("Orders11");
        examples[0].GetProperty("headers").TryGetProperty("Session", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("stock")]
    [InlineData("documents")]
    [InlineData("shipping")]
    public async Task The_examples_of_a_configured_service_are_taken_by_its_server(string service)
    {
        var (code, output, errors) = await RunAsync(["--wsdl", service, .. soap.Settings]);
        code.ShouldBe(0, errors);
        var examples = Examples(output);
        examples.ShouldNotBeEmpty();
        foreach (var example in examples)
        {
            var answer = await soap.CallAsync((object)example);
            answer.Completed.ShouldNotBeNull($"{answer.Error}\n{example}");
        }
    }

    [Fact]
    public async Task It_tells_one_operation_of_an_address()
    {
        var (code, output, errors) = await RunAsync(
            "--wsdl",
            $"{soap.Servers.Php}orders.wsdl",
            "--operation",
            "GetStatus",
            "--Egress:AllowLoopback=true"
        );
        code.ShouldBe(0, errors);
        Examples(output)
            .Select(example => example.GetProperty("operation").GetString())
            .ShouldBe(["GetStatus", "GetStatus"]);
    }

    [Fact]
    public async Task What_is_wrong_with_the_arguments_has_exit_code_2()
    {
        (await RunAsync("--wsdl")).Errors.ShouldContain("Usage: --wsdl FILE|ADDRESS|SERVICE");
        (await RunAsync("--wsdl")).Code.ShouldBe(2);
        (await RunAsync("--wsdl", soap.Servers.OrdersFile, "nonsense")).Code.ShouldBe(2);
        var (code, _, errors) = await RunAsync("--wsdl", "no-such-file");
        code.ShouldBe(2);
        errors.ShouldContain(
            "'no-such-file' is neither a file, nor an http or https address, nor a configured service."
        );
        (code, _, errors) = await RunAsync("--wsdl", soap.Servers.OrdersFile, "--operation", "Nothing");
        code.ShouldBe(2);
        errors.ShouldContain("has no operation 'Nothing'. It has: GetStatus, PlaceOrder, Remind.");
        (await RunAsync("--wsdl", soap.Servers.OrdersFile, "--Soap:Retries=99")).Errors.ShouldContain("Soap__Retries");
    }

    [Theory]
    [InlineData("'--operation' is where the WSDL belongs.", "--wsdl", "--operation", "PlaceOrder")]
    [InlineData("There is no option '--operation'.", "--wsdl", "FILE", "--operation")]
    [InlineData("There is no option '--bogus'.", "--wsdl", "FILE", "--bogus")]
    [InlineData("There is no option 'PlaceOrder'.", "--wsdl", "FILE", "PlaceOrder")]
    [InlineData("There is no option '--bogus'.", "--wsdl", "FILE", "--operation", "PlaceOrder", "--bogus")]
    [InlineData("Sopa:Retries", "--wsdl", "FILE", "--Sopa:Retries=1")]
    [InlineData("Soap:Retrys", "--wsdl", "FILE", "--Soap:Retrys=1")]
    public async Task An_option_that_there_is_not_is_named_and_nothing_is_listed(string named, params string[] args)
    {
        var (code, output, errors) = await RunAsync(args.Select(arg => arg == "FILE" ? soap.Servers.OrdersFile : arg));

        code.ShouldBe(2, errors);
        errors.ShouldContain(named);
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_WSDL_that_cannot_be_had_or_used_has_exit_code_1()
    {
        var (code, _, errors) = await RunAsync("--wsdl", $"{soap.Servers.Php}orders.wsdl");
        code.ShouldBe(1);
        errors.ShouldContain("Egress__AllowLoopback");
        using var folder = new Fixtures.TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("bad.wsdl"), "<definitions");
        (code, _, errors) = await RunAsync("--wsdl", folder.Combine("bad.wsdl"));
        code.ShouldBe(1);
        errors.ShouldContain("bad.wsdl");
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(params string[] args) =>
        RunAsync(args.AsEnumerable());

    private static async Task<(int Code, string Output, string Errors)> RunAsync(IEnumerable<string> args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await WsdlCommand.RunAsync([.. args], SoapService.Create, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    // Each begins with a brace six characters in, and ends with one.
    private static List<JsonElement> Examples(string output)
    {
        var examples = new List<JsonElement>();
        var lines = output.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "      {")
                continue;
            var end = Array.IndexOf(lines, "      }", i);
            examples.Add(JsonElement.Parse(string.Join('\n', lines[i..(end + 1)])));
            i = end;
        }

        return examples;
    }
}
