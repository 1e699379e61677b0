import { expect, test } from 'vitest';
import { announcedCommand, commandOf, namespaceOf } from './command.ts';

function command(line: string): string | null {
  return commandOf(line, { from: 0, to: line.length })?.text ?? null;
}

test.each([
  ['$ kubectl get pods', 'kubectl get pods'],
  ['# kubectl -n foo get pods -o wide', 'kubectl -n foo get pods -o wide'],
  [
    '    # k exec -ti ping-ff5ff68d6-xfwhc -- curl https://baidu.com -i',
    'k exec -ti ping-ff5ff68d6-xfwhc -- curl https://baidu.com -i',
  ],
  ['root@simple-server-86b499d4dd-bjrjz:/# iptables -t nat -S', 'iptables -t nat -S'],
  ['[root@node-1 ~]# istioctl pc l pod.ns', 'istioctl pc l pod.ns'],
  ['[root@节点一 ~]# nsenter -t 1 -n ip rule', 'nsenter -t 1 -n ip rule'],
  ['user@host:~/dir$ ls -l', 'ls -l'],
  ['➜  ~ kubectl get svc', 'kubectl get svc'],
  ['➜  istio git:(main) ✗ istioctl version', 'istioctl version'],
  ['❯ kubectl get svc', 'kubectl get svc'],
  ['PS C:\\Users\\ann> kubectl get svc', 'kubectl get svc'],
  ['PS> kubectl get svc', 'kubectl get svc'],
  ['/ # ip route', 'ip route'],
  ['~ $ curl -s localhost:15000/clusters', 'curl -s localhost:15000/clusters'],
  ['bash-5.1# ss -tnp', 'ss -tnp'],
  ['worker-1:~ # crictl ps', 'crictl ps'],
  ['+ kubectl apply -f x.yaml', 'kubectl apply -f x.yaml'],
  [
    'kubectl logs web-0 -c istio-proxy | tail -3  # 最后三行',
    'kubectl logs web-0 -c istio-proxy | tail -3  # 最后三行',
  ],
  ['sudo iptables-save -c', 'sudo iptables-save -c'],
  ['ip rule', 'ip rule'],
  ['KUBECONFIG=a kubectl get pods', 'KUBECONFIG=a kubectl get pods'],
])('a command: %s', (line, expected) => {
  expect(command(line)).toBe(expected);
});

test.each([
  'iptables是一个运行在用户空间的应用软件',
  'iptables 命令使用说明,iptables 内置了5张表',
  'kubectl is the command line tool of Kubernetes.',
  'curl returns 127.0.0.6',
  'ip addresses are given to pods by the CNI plugin',
  'ip rule list shows the policy rules:',
  'cat pictures',
  'docker images are layered',
  '# 查容器ID',
  '# the rest',
  '> as Ann wrote',
  'k is for kubectl',
  'service mesh',
  'kind: Pod',
  'time passes',
  '$ 100 is a lot',
  'nft list ruleset 的输出如下',
])('no command: %s', (line) => {
  expect(command(line)).toBeNull();
});

test.each([
  ['kubectl get po -n a', 'a'],
  ['kubectl get po --namespace=b', 'b'],
  ['kubectl -nc get po', 'c'],
  ['kubectl get po', null],
])('the namespace of %s', (text, namespace) => {
  expect(namespaceOf(commandOf(text, { from: 0, to: text.length }))).toBe(namespace);
});

test.each([
  ['Next, run `istioctl pc l web-0.shop`:', 'istioctl pc l web-0.shop'],
  ['执行 `ip rule`，结果如下：', 'ip rule'],
  ['The rule `-A OUTPUT -j X` is the one:', null],
  ['I ran `ip rule` and left.', null],
])('a sentence that announces output: %s', (line, text) => {
  const found = announcedCommand(line, { from: 0, to: line.length });
  expect(found?.text ?? null).toBe(text);
  expect(found && line.slice(found.span.from, found.span.to)).toBe(text);
});
