namespace Integration.Contracts.Tests;

/// <summary>Exchanges and routing keys as other languages have them written down.</summary>
public sealed class Topology
{
    [Fact]
    public void The_exchanges_have_the_names_of_the_contract()
    {
        Exchanges.Published.ShouldBe([
            "integration.tasks",
            "integration.results",
            "integration.errors",
            "integration.control",
            "integration.inbound",
        ]);
        Exchanges.Unrouted.ShouldBe("integration.unrouted");
        Exchanges.Dead.ShouldBe("integration.dead");
    }

    [Fact]
    public void A_task_is_routed_by_operation_and_major_version() =>
        RoutingKeys.Task("s3.put-object", 1).ShouldBe("s3.put-object.v1");

    [Theory]
    [InlineData(1, "engine")]
    [InlineData(2, "engine.retried")]
    [InlineData(9, "engine.retried")]
    public void A_result_is_routed_by_engine_and_says_whether_the_task_was_sent_again(int attempt, string key) =>
        RoutingKeys.Result("engine", attempt).ShouldBe(key);

    [Fact]
    public void An_engine_gets_first_and_later_results_and_treatment_only_the_later_ones()
    {
        RoutingKeys.Engine("engine").ShouldBe("engine.#");
        RoutingKeys.Retried.ShouldBe("*.retried");
    }

    [Theory]
    [InlineData(ErrorCategory.InDoubt, "mail.send", "in-doubt.mail.send")]
    [InlineData(ErrorCategory.Data, null, "data.unknown")]
    [InlineData(ErrorCategory.Data, "", "data.unknown")]
    public void An_error_is_routed_by_category_and_operation(ErrorCategory category, string? operation, string key) =>
        RoutingKeys.Error(category, operation).ShouldBe(key);

    [Fact]
    public void What_is_no_category_has_no_routing_key() =>
        Should.Throw<ArgumentOutOfRangeException>(() => RoutingKeys.Error((ErrorCategory)99, "mail.send"));

    [Fact]
    public void Control_and_inbound_events_are_routed_by_what_they_are_about()
    {
        RoutingKeys.Cancel("mail.send").ShouldBe("cancel.mail.send");
        RoutingKeys.Announce("mail").ShouldBe("announce.mail");
        RoutingKeys.Heartbeat("mail").ShouldBe("heartbeat.mail");
        RoutingKeys.Start("credit-request").ShouldBe("start.credit-request");
        RoutingKeys.Message("contract-signed").ShouldBe("message.contract-signed");
    }
}
