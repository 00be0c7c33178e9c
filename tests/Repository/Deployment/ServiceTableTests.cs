using System.Text.Json;
using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>deploy/services.json is the only place that lists what is deployed; the rest follows from it.</summary>
public sealed class ServiceTableTests
{
    private const int Samples = 5190;

    [Fact]
    public void Every_service_has_a_row_but_Standalone_which_holds_them_all() =>
        Project
            .All.Where(project => project.IsService && project.Name != "Integration.Standalone")
            .Select(project => project.Folder["services/".Length..])
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                ServiceRow.All.Select(row => row.Folder).Order(StringComparer.Ordinal),
                $"Add a row to {ServiceRow.Table}, and run UPDATE_SNAPSHOTS=1 dotnet test tests/Repository"
            );

    [Fact]
    public void Ports_are_of_one_service_each_and_leave_room_for_Standalones_own()
    {
        ServiceRow.All.Select(row => row.Port).ShouldBeUnique();
        ServiceRow.All.Min(row => row.Port).ShouldBe(5100, "Standalone counts from it.");
        ServiceRow.All.Max(row => row.Port).ShouldBeLessThan(Samples, "Standalone's sample systems are there.");
    }

    [Fact]
    public async Task What_follows_from_the_table_stands_in_the_files()
    {
        foreach (var (file, text) in await ServiceFiles.OfAsync(ServiceRow.All))
            Snapshot.Match(text, file, "tests/Repository");
    }

    [Fact]
    public async Task A_row_more_is_a_container_a_user_a_database_a_port_and_a_line_of_documentation()
    {
        var files = await ServiceFiles.OfAsync([.. ServiceRow.All, new ServiceRow("OrderDesk", 5116)]);

        var container = ComposeFile.Parse(files[ServiceFiles.Compose]).Services["order-desk"];
        container.Build!.ProjectFile.ShouldBe("services/OrderDesk/Integration.OrderDesk.csproj");
        container.Image.ShouldBe("integration-order-desk");
        container.Ports.ShouldBe(["127.0.0.1:5116:8080"]);
        container.CapDrop.ShouldBe(["ALL"]);
        container.Environment.Keys.ShouldBe(ComposeFile.Read().Services["rest"].Environment.Keys, ignoreOrder: true);
        var compose = ComposeFile.Parse(files[ServiceFiles.Compose]);
        compose.Services["rabbitmq"].Environment.Keys.ShouldContain("RABBITMQ_ORDER_DESK_PASSWORD");
        compose.Services["postgres"].Environment.Keys.ShouldContain("ORDER_DESK_DATABASE_PASSWORD");
        files[ServiceFiles.Environment]
            .Split('\n')
            .ShouldBe(
                [
                    .. (await File.ReadAllLinesAsync(RepositoryFolder.File(ServiceFiles.Environment), Cancellation)),
                    "RABBITMQ_ORDER_DESK_PASSWORD=",
                    "ORDER_DESK_DATABASE_PASSWORD=",
                    "",
                ],
                ignoreOrder: true
            );
        files[ServiceFiles.Databases].ShouldContain("create order_desk \"${ORDER_DESK_DATABASE_PASSWORD:?}\"");
        files[ServiceFiles.Page].ShouldContain("| [order-desk](../docs/reference/order-desk.md) | 5116 |");
        files[ServiceFiles.StandaloneProject].ShouldContain("../OrderDesk/Integration.OrderDesk.csproj");
        files[ServiceFiles.StandaloneList]
            .ShouldContain("new(\"OrderDesk\", \"order-desk\", 5116, OrderDesk.OrderDeskService.Create),");
    }

    [Fact]
    public async Task A_row_more_may_do_on_the_broker_what_its_operations_need()
    {
        var files = await ServiceFiles.OfAsync([.. ServiceRow.All, new ServiceRow("OrderDesk", 5116)]);

        JsonElement
            .Parse(files[ServiceFiles.Trust])
            .GetProperty("users")
            .GetProperty("order-desk")
            .GetRawText()
            .ShouldBe("{\"operations\": [\"order-desk.\"]}");
        var passwords = Programs.Passwords();
        passwords["RABBITMQ_ORDER_DESK_PASSWORD"] = passwords["RABBITMQ_REST_PASSWORD"];
        var definitions = JsonElement.Parse(
            await ServiceFiles.DefinitionsAsync(files[ServiceFiles.Users], environment: passwords)
        );
        foreach (var list in new[] { "permissions", "topic_permissions" })
            Rules(definitions, list, "order-desk").ShouldBe(Rules(definitions, list, "rest"));
    }

    [Theory]
    [InlineData("""[{"folder": "Crm", "port": 5116, "prot": 1}]""")]
    [InlineData("""[{"folder": "Crm"}]""")]
    public void A_row_with_a_field_that_means_nothing_or_without_a_port_is_refused(string table) =>
        Should.Throw<JsonException>(() => ServiceRow.Read(table));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What a user may, with its name left out.</summary>
    private static IEnumerable<string> Rules(JsonElement definitions, string list, string user) =>
        definitions
            .GetProperty(list)
            .EnumerateArray()
            .Where(rule => rule.GetProperty("user").GetString() == user)
            .Select(rule => rule.GetRawText().Replace(user, "NAME", StringComparison.Ordinal));
}
